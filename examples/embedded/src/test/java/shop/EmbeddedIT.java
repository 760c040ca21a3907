package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.storage.StorageProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Windrow in a shop, by real HTTP: what the shop's users get of it, and that the shop is as it was. */
final class EmbeddedIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String EXPORTS = "/exports/api/v1/exports";

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext shop;

    /** A shop that lets everybody come as far as Windrow. No annotation: the shop's scan would find it. */
    static class OpenChain {
        @Bean
        @Order(1)
        SecurityFilterChain open(HttpSecurity http) {
            return http.securityMatcher("/exports/**")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    private static ConfigurableApplicationContext start(String home, List<Class<?>> more, String... settings) {
        List<Class<?>> sources = new ArrayList<>(more);
        sources.add(ShopApplication.class);
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--jobrunr.background-job-server.poll-interval-in-seconds=5",
                "--spring.datasource.url=jdbc:sqlite:" + folder.resolve("shop.db")
                        + "?journal_mode=WAL&busy_timeout=20000",
                "--windrow.home=" + folder.resolve(home)));
        arguments.addAll(Arrays.asList(settings));
        return new SpringApplication(sources.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext of) {
        return ((WebServerApplicationContext) of).getWebServer().getPort();
    }

    @BeforeAll
    static void open() {
        shop = start("windrow", List.of());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static Visitor visitor(String name) throws Exception {
        return Visitor.of(port(shop), name);
    }

    private static void awaitCompleted(Visitor visitor, String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> visitor.state(id).equals("completed"));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static List<String> lines(byte[] archive) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            while (!zip.getNextEntry().getName().endsWith(".csv")) {
                // The manifest may come first.
            }
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void givesAUserTheOwnRowsAndNobodyElseTheirs() throws Exception {
        Visitor ann = visitor("ann");
        assertThat(ann.json("/me").get("name").stringValue()).isEqualTo("ann");
        assertThat(ann.json("/datasets").toString()).contains("my-orders").doesNotContain("all-orders");

        String id = ann.export("my-orders");
        awaitCompleted(ann, id);

        JsonNode export = ann.json("/exports/" + id);
        assertThat(export.get("progress").get("rowsWritten").intValue()).isEqualTo(100_000);
        assertThat(export.get("owner").stringValue()).isEqualTo("ann");
        byte[] archive = ann.bytes(EXPORTS + "/" + id + "/file").body();
        assertThat(sha256(archive)).isEqualTo(export.get("file").get("sha256").stringValue());
        List<String> lines = lines(archive);
        assertThat(lines).hasSize(100_001);
        assertThat(lines.get(0)).isEqualTo("id,item,price,placed");
        assertThat(lines.get(1)).startsWith("2,item ");

        Visitor bob = visitor("bob");
        assertThat(bob.get(EXPORTS + "/" + id).statusCode()).isEqualTo(404);
        assertThat(bob.get(EXPORTS + "/" + id + "/file").statusCode()).isEqualTo(404);
        assertThat(bob.json("/exports").get("items"))
                .allMatch(one -> one.get("owner").stringValue().equals("bob"));
        // The clerk is an administrator, by the settings alone.
        assertThat(visitor("eve").get(EXPORTS + "/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void continuesADownloadWhereItBrokeOff() throws Exception {
        Visitor bob = visitor("bob");
        String id = bob.export("my-orders");
        awaitCompleted(bob, id);
        byte[] whole = bob.bytes(EXPORTS + "/" + id + "/file").body();
        HttpResponse<String> rest = bob.send(
                bob.to(EXPORTS + "/" + id + "/file").header("Range", "bytes=" + (whole.length - 10) + "-"));
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range"))
                .contains("bytes " + (whole.length - 10) + "-" + (whole.length - 1) + "/" + whole.length);
    }

    @Test
    void followsAnExportByEventsUntilItsEnd() throws Exception {
        Visitor bob = visitor("bob");
        String id = bob.export("my-orders");
        HttpResponse<String> events = bob.send(
                bob.to(EXPORTS + "/" + id + "/events").header("Accept", "text/event-stream"));
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.body()).contains("\"state\":\"completed\"");
    }

    @Test
    void knowsGroupsByTheAuthoritiesOfTheShop() throws Exception {
        assertThat(visitor("bob")
                        .post(EXPORTS, "{\"dataset\":\"all-orders\",\"format\":\"csv\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(visitor("eve").json("/datasets").toString()).contains("all-orders");
    }

    @Test
    void servesPageAndButtonBelowThePath() throws Exception {
        Visitor ann = visitor("ann");
        HttpResponse<String> bare = ann.get("/exports");
        assertThat(bare.statusCode()).isEqualTo(301);
        assertThat(bare.headers().firstValue("Location")).contains("/shop/exports/");
        HttpResponse<String> page = ann.get("/exports/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>");
        assertThat(ann.get("/exports/windrow.js").body()).contains("windrow-export");
        assertThat(ann.get("/").body()).contains("<windrow-export");
        // Written in a way that only the container reads.
        assertThat(ann.get("/%65xports/api/v1/me").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void refusesWhatAPageOfAnotherSiteWouldStart() throws Exception {
        Visitor ann = visitor("ann");
        HttpResponse<String> answer = ann.send(ann.to(EXPORTS)
                .header("Content-Type", "application/json")
                .header("Origin", "https://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.ofString("{\"dataset\":\"my-orders\",\"format\":\"csv\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void leavesPathsFaultsAndJsonToTheShop() throws Exception {
        Visitor ann = visitor("ann");
        assertThat(ann.get("/api/v1/datasets").body()).isEqualTo("[{\"of_the_shop\":\"nothing to do with Windrow\"}]");
        HttpResponse<String> sorry = ann.get("/fault");
        assertThat(sorry.statusCode()).isEqualTo(418);
        assertThat(sorry.headers().firstValue("Content-Security-Policy")).isEmpty();
        HttpResponse<String> ours = ann.get("/exports/api/v1/nothing");
        assertThat(ours.statusCode()).isEqualTo(404);
        assertThat(ours.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void sharesNoTableJobOrMigrationWithTheShop() throws Exception {
        Visitor ann = visitor("ann");
        int before = Integer.parseInt(ann.get("/counted").body());
        // The form's token, which the shop asks for: its own paths have it as ever.
        assertThat(ann.post("/count", "").statusCode()).isEqualTo(403);
        OrderCount count = shop.getBean(OrderCount.class);
        shop.getBean(JobScheduler.class).enqueue(() -> count.count());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Integer.parseInt(ann.get("/counted").body()) == before + 1);

        JdbcClient database = shop.getBean(JdbcClient.class);
        assertThat(database.sql("select script from flyway_schema_history where version is not null")
                        .query(String.class)
                        .list())
                .containsExactly("V1__orders.sql");
        assertThat(database.sql("select name from sqlite_schema where type = 'table'").query(String.class).list())
                .contains("orders", "jobrunr_jobs")
                .doesNotContain("exports", "idempotency_keys", "schema_floor");
    }

    @Test
    void addsBeansThatNobodyElseCanMean() {
        assertThat(shop.getBeanNamesForType(DataSource.class)).containsExactly("dataSource");
        assertThat(shop.getBeanNamesForType(StorageProvider.class)).hasSize(1);
        assertThat(shop.getBeanNamesForType(JsonMapper.class)).containsExactly("json");
        TreeSet<String> with = new TreeSet<>(List.of(shop.getBeanDefinitionNames()));
        try (ConfigurableApplicationContext without =
                start("none", List.of(), "--windrow.embedded.enabled=false")) {
            with.removeAll(List.of(without.getBeanDefinitionNames()));
        }
        assertThat(with)
                .allMatch(name -> name.startsWith("windrow") || name.startsWith("dev.windrow.starter."))
                .hasSizeLessThan(10);
    }

    @Test
    void refusesWhomTheShopDoesNotKnowUnlessItSaysOtherwise() throws Exception {
        HttpResponse<String> login = new Visitor(port(shop)).get("/exports/api/v1/me");
        assertThat(login.statusCode()).as("the shop's own chain").isEqualTo(302);
        assertThat(login.headers().firstValue("Location").orElse("")).endsWith("/shop/login");
        try (ConfigurableApplicationContext open = start("open", List.of(OpenChain.class))) {
            Visitor nobody = new Visitor(port(open));
            HttpResponse<String> refused = nobody.get("/exports/api/v1/me");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("not-authenticated");
            assertThat(nobody.post(EXPORTS, "{\"dataset\":\"my-orders\",\"format\":\"csv\"}")
                            .statusCode())
                    .isEqualTo(401);
        }
        try (ConfigurableApplicationContext open =
                start("guests", List.of(OpenChain.class), "--windrow.embedded.anonymous=guest")) {
            assertThat(new Visitor(port(open)).json("/me").get("name").stringValue())
                    .isEqualTo("guest");
        }
    }

    @Test
    void endsInOrderAndGoesOnWithTheNextStart() throws Exception {
        List<String> ids = new ArrayList<>();
        try (ConfigurableApplicationContext first =
                start("restarted", List.of(), "--windrow.worker.concurrency=1")) {
            Visitor eve = Visitor.of(port(first), "eve");
            for (int i = 0; i < 5; i++) {
                ids.add(eve.export("all-orders"));
            }
            Awaitility.await().atMost(PATIENCE).until(() -> !eve.state(ids.get(0)).equals("queued"));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .as("of the other shop, which goes on, there is one")
                .filteredOn(name -> name.startsWith("windrow-waker"))
                .hasSize(1);

        List<String> digests = new ArrayList<>();
        try (ConfigurableApplicationContext second = start("restarted", List.of())) {
            Visitor eve = Visitor.of(port(second), "eve");
            for (String id : ids) {
                awaitCompleted(eve, id);
                JsonNode export = eve.json("/exports/" + id);
                assertThat(export.get("progress").get("rowsWritten").intValue()).isEqualTo(200_000);
                byte[] archive = eve.bytes(EXPORTS + "/" + id + "/file").body();
                assertThat(sha256(archive)).isEqualTo(export.get("file").get("sha256").stringValue());
                digests.add(sha256(String.join("\n", lines(archive)).getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(digests).containsOnly(digests.get(0));
    }
}
