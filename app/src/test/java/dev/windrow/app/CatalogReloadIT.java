package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A catalog that changes while it is served. */
@Tag("slow")
class CatalogReloadIT {
    private static final String DETAILS = "--management.endpoint.health.show-details=always";

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @BeforeEach
    void makeSource() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"))) {
            connection.createStatement().execute("create table orders (id integer primary key)");
            connection.createStatement().execute("insert into orders values (1), (2), (3)");
        }
    }

    private Path catalog() {
        return folder.resolve("catalog.yaml");
    }

    private void write(String... datasets) throws IOException {
        StringBuilder text = new StringBuilder("sources: { shop: { url: jdbc:sqlite:shop.db } }\ndatasets:\n");
        for (String dataset : datasets) {
            text.append("  ").append(dataset).append('\n');
        }
        Files.writeString(catalog(), text);
    }

    private static String dataset(String name, String query) {
        return name + ": { source: shop, formats: [csv], files: [{ name: f, query: \"" + query + "\", key: [id] }] }";
    }

    private static long rows(RunningWindow window, String dataset) {
        return window.client
                .complete("{\"dataset\":\"" + dataset + "\"}")
                .at("/progress/rowsWritten")
                .asLong();
    }

    private static JsonNode health(RunningWindow window) {
        return window.client.get("/actuator/health").json();
    }

    private static void awaitStatus(RunningWindow window, String dataset, int status) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> window.client.get("/api/v1/datasets/" + dataset).status() == status);
    }

    @Test
    void takesWhatIsWritten() throws IOException {
        write(dataset("orders", "select id from orders"));
        try (RunningWindow window = RunningWindow.start(home, catalog())) {
            assertThat(rows(window, "orders")).isEqualTo(3);
            write(dataset("first", "select id from orders where id = 1"));
            awaitStatus(window, "first", 200);

            assertThat(window.client.get("/api/v1/datasets/orders").status()).isEqualTo(404);
            assertThat(window.client.post("{\"dataset\":\"orders\"}").status()).isEqualTo(404);
            assertThat(rows(window, "first")).isEqualTo(1);
            assertThat(window.client.get("/actuator/prometheus").text())
                    .contains("windrow_exports{dataset=\"first\",format=\"csv\",state=\"completed\"}");
        }
    }

    @Test
    void keepsTheOldOneWhileTheNewOneIsRefused() throws IOException {
        write(dataset("orders", "select id from orders"));
        String log = "--logging.file.name=" + folder.resolve("log");
        try (RunningWindow window = RunningWindow.start(home, catalog(), DETAILS, log)) {
            assertThat(health(window).at("/components/catalog/details/refused").isMissingNode())
                    .isTrue();
            write(dataset("orders", "select missing from orders"), dataset("more", "select id from orders"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !health(window)
                            .at("/components/catalog/details/refused")
                            .isMissingNode());

            JsonNode health = health(window);
            assertThat(health.at("/components/catalog/details/refused/0").asString())
                    .contains("catalog.yaml:3")
                    .contains("no such column");
            assertThat(health.at("/status").asString()).isEqualTo("UP");
            assertThat(window.client.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(window.client.get("/api/v1/datasets/more").status()).isEqualTo(404);
            assertThat(rows(window, "orders")).isEqualTo(3);
            assertThat(Files.readString(folder.resolve("log")))
                    .containsOnlyOnce(
                            "The catalog's files can't be taken, and the catalog that was read before goes on");

            Files.delete(catalog());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> health(window)
                            .at("/components/catalog/details/refused/0")
                            .asString("")
                            .contains("no such file"));
            assertThat(rows(window, "orders")).isEqualTo(3);

            write(dataset("orders", "select id from orders"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> health(window)
                            .at("/components/catalog/details/refused")
                            .isMissingNode());
        }
    }

    @Test
    void refusesAHashForWhichItHasNoSecret() throws IOException {
        write(dataset("orders", "select id from orders"));
        try (RunningWindow window = RunningWindow.start(home, catalog(), DETAILS)) {
            write(dataset("orders", "select id, 'x' as name from orders")
                    .replace("source: shop", "source: shop, mask: { name: { as: hash } }"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> health(window)
                            .at("/components/catalog/details/refused/0")
                            .asString("")
                            .contains("start it anew"));

            assertThat(rows(window, "orders")).isEqualTo(3);
        }
    }

    @Test
    void takesAFolderAsAWhole() throws IOException {
        Path catalogs = Files.createDirectory(folder.resolve("catalogs"));
        String source = "sources: { shop: { url: jdbc:sqlite:../shop.db } }\ndatasets:\n  ";
        Files.writeString(catalogs.resolve("a.yaml"), source + dataset("orders", "select id from orders"));
        try (RunningWindow window = RunningWindow.start(home, catalogs)) {
            Path made = Files.writeString(
                    folder.resolve("b.yaml"), "datasets:\n  " + dataset("more", "select id from orders where id > 1"));
            Files.move(made, catalogs.resolve("b.yaml"), StandardCopyOption.ATOMIC_MOVE);
            awaitStatus(window, "more", 200);
            assertThat(rows(window, "more")).isEqualTo(2);
            Files.delete(catalogs.resolve("b.yaml"));
            awaitStatus(window, "more", 404);
        }
    }

    @Test
    void letsGoOfASourceThatIsGone() throws Exception {
        FreshDatabase database = FreshDatabase.fresh();
        database.execute("create table t as select 1 as id");
        String one = "sources: { far: { url: \"" + database.url() + "\" } }\ndatasets:\n  "
                + "far: { source: far, formats: [csv], files: [{ name: f, query: select id from t, key: [id] }] }";
        Files.writeString(catalog(), one);
        try (RunningWindow window = RunningWindow.start(home, catalog())) {
            assertThat(rows(window, "far")).isEqualTo(1);
            assertThat(connections(database)).isPositive();
            write(dataset("orders", "select id from orders"));
            awaitStatus(window, "orders", 200);

            await().atMost(Duration.ofSeconds(30)).until(() -> connections(database) == 0);
        }
    }

    /** Those of Windrow. */
    private static int connections(FreshDatabase database) throws SQLException {
        String count = "select count(*) from pg_stat_activity"
                + " where datname = current_database() and application_name = 'windrow'";
        try (Connection connection = DriverManager.getConnection(database.url());
                ResultSet row = connection.createStatement().executeQuery(count)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aRunKeepsTheCatalogThatItBeganWith() throws Exception {
        String url = FreshDatabase.fresh().url();
        // Its rows come once the lock that the test holds is let go.
        String slow =
                "select i as id, pg_advisory_xact_lock_shared(7) is null as waited from generate_series(1, 1000) i";
        String text = """
                sources: { shop: { url: "%s" } }
                datasets:
                  slow: { title: %s, source: shop, formats: [csv], total: none,
                    files: [{ name: f, query: "%s", key: [id] }] }
                """;
        Files.writeString(catalog(), text.formatted(url, "old", slow));
        try (RunningWindow window = RunningWindow.start(home, catalog())) {
            String export;
            try (Connection lock = DriverManager.getConnection(url)) {
                lock.createStatement().execute("select pg_advisory_lock(7)");
                export = window.client.start("{\"dataset\":\"slow\"}");
                window.client.awaitState(export, "running");
                // The query is there that the run began with.
                await().atMost(Duration.ofSeconds(30)).until(() -> waits(lock));
                Files.writeString(catalog(), text.formatted(url, "new", "select 1 as id"));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> window.client
                                .get("/api/v1/datasets/slow")
                                .json()
                                .path("title")
                                .asString()
                                .equals("new"));
                assertThat(window.client.get(export).json().path("state").asString())
                        .as("the run must outlast the change")
                        .isEqualTo("running");
            }

            JsonNode done = window.client.awaitState(export, "completed");
            assertThat(done.at("/progress/rowsWritten").asLong()).isEqualTo(1000);
            assertThat(rows(window, "slow")).isEqualTo(1);
        }
    }

    /** Whether somebody waits for an advisory lock. */
    private static boolean waits(Connection database) throws SQLException {
        String asked = "select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)";
        try (ResultSet row = database.createStatement().executeQuery(asked)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Test
    void aServerWithoutACatalogSaysWhatToDo() {
        ProcessRun run = ProcessRun.windrow(folder, "serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.all())
                .contains("windrow.catalog is not set")
                .contains("windrow init")
                .contains("windrow demo");
        assertThat(folder.resolve("windrow-data")).doesNotExist();
    }
}
