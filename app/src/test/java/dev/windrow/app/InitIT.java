package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windrow.testkit.Mariadb;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that {@code windrow init} has drafted is served as it is, and each of its datasets is exported whole. */
@Tag("slow")
class InitIT {
    /** Of Debian's package proj-data. */
    private static final Path PROJ = Path.of("/usr/share/proj/proj.db");

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private Path catalog() {
        return folder.resolve("catalog.yaml");
    }

    /** Drafts, checks, and serves; gives the rows of each dataset's export, by the datasets' titles. */
    private Map<String, Long> exported(String url) {
        ProcessRun init = ProcessRun.here("init", url, "-o", catalog().toString());
        assertThat(init.exit()).as(init.all()).isZero();
        assertThat(init.out()).startsWith("Wrote " + catalog() + ": ").contains("WINDROW_CATALOG=" + catalog());
        ProcessRun check = ProcessRun.here("check-catalog", catalog().toString());
        assertThat(check.exit()).as(check.all()).isZero();
        assertThat(check.out()).contains("The catalog is good: ");
        try (RunningWindow window = RunningWindow.start(home, catalog(), "--windrow.limits.starts-per-minute=10000")) {
            return rows(window.client);
        }
    }

    private static Map<String, Long> rows(WindowClient client) {
        Map<String, Long> rows = new LinkedHashMap<>();
        client.get("/api/v1/datasets").json().path("items").forEach(dataset -> {
            String body = "{\"dataset\":\"" + dataset.path("name").asString() + "\"}";
            long written = client.complete(body).at("/progress/rowsWritten").asLong();
            rows.put(dataset.path("title").asString(), written);
        });
        return rows;
    }

    private static Map<String, Long> counted(String url, List<String> labels, Map<String, String> tables)
            throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String label : labels) {
                String table = tables.getOrDefault(label, '"' + label.replace("\"", "\"\"") + '"');
                try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                    row.next();
                    counts.put(label, row.getLong(1));
                }
            }
        }
        return counts;
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A shop for music, of the shape of the well-known sample, with rows of our own. */
    private String makeShop() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("Music Shop.db");
        String rows = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ";
        execute(
                url,
                "create table Artist (ArtistId integer primary key not null, Name nvarchar(120))",
                "create table Album (AlbumId integer primary key not null, Title nvarchar(160) not null,"
                        + " ArtistId integer not null references Artist (ArtistId) on delete no action)",
                "create table Employee (EmployeeId integer primary key not null, LastName nvarchar(20) not null,"
                        + " ReportsTo integer references Employee (EmployeeId), HireDate datetime)",
                "create table Invoice (InvoiceId integer primary key not null, CustomerId integer not null,"
                        + " InvoiceDate datetime not null, Total numeric(10, 2) not null)",
                "create table InvoiceLine (InvoiceLineId integer primary key not null, InvoiceId integer not null"
                        + " references Invoice (InvoiceId), UnitPrice numeric(10, 2) not null)",
                "create table MediaType (MediaTypeId integer primary key not null, Name nvarchar(120))",
                "create table PlaylistTrack (PlaylistId integer not null, TrackId integer not null,"
                        + " constraint PK_PlaylistTrack primary key (PlaylistId, TrackId))",
                "create index IFK_InvoiceCustomerId on Invoice (CustomerId)",
                "create index InvoiceDates on Invoice (InvoiceDate)",
                "create view Sales as select InvoiceId, Total from Invoice where Total > 1",
                "create view Titles as select a.Title, b.Name from Album a join Artist b using (ArtistId)",
                rows + "275) insert into Artist select i, 'Ärtist ' || i from n",
                rows + "347) insert into Album select i, 'Title, \"' || i || '\"', i % 275 + 1 from n",
                rows + "8) insert into Employee select i, 'Name', nullif(i - 1, 0), '2002-08-14 00:00:00' from n",
                rows + "412) insert into Invoice select i, i % 59, date('2009-01-01', i || ' days') || ' 00:00:00',"
                        + " i % 7 * 0.99 from n",
                rows + "2240) insert into InvoiceLine select i, i % 412 + 1, 0.99 from n",
                rows + "8715) insert into PlaylistTrack select i % 18, i from n");
        return url;
    }

    @Test
    void draftsAShop() throws SQLException, IOException {
        String url = makeShop();

        Map<String, Long> exported = exported(url);

        assertThat(exported)
                .containsOnlyKeys(
                        "Album", "Artist", "Employee", "Invoice", "InvoiceLine", "MediaType", "PlaylistTrack", "Sales")
                .containsEntry("PlaylistTrack", 8715L)
                .containsEntry("MediaType", 0L)
                .isEqualTo(counted(url, List.copyOf(exported.keySet()), Map.of()));
        assertThat(Files.readString(catalog())).contains("# - Titles: ").contains("jdbc:sqlite:Music Shop.db");
    }

    @Test
    void filtersWhatItDrafted() throws SQLException {
        ProcessRun.here("init", makeShop(), "-o", catalog().toString());

        try (RunningWindow window = RunningWindow.start(home, catalog())) {
            String body =
                    "{\"dataset\":\"invoice\",\"parameters\":{\"since\":\"2009-02-01\",\"until\":\"2009-03-01\"}}";
            assertThat(window.client.complete(body).at("/progress/rowsWritten").asLong())
                    .isEqualTo(28);
        }
    }

    @Test
    void draftsTheDatabaseOfProj() throws SQLException {
        assumeTrue(Files.exists(PROJ), () -> "SKIPPED: no " + PROJ + " (on Debian: apt install proj-data)");
        String url = "jdbc:sqlite:" + PROJ;

        Map<String, Long> exported = exported(url);

        assertThat(exported).hasSizeGreaterThanOrEqualTo(30);
        assertThat(exported).isEqualTo(counted(url, List.copyOf(exported.keySet()), Map.of()));
    }

    private static final String[] PGBENCH = {
        "create table pgbench_branches (bid int not null primary key, bbalance int, filler char(88))",
        "create table pgbench_tellers (tid int not null primary key, bid int, tbalance int, filler char(84))",
        "create table pgbench_accounts (aid int not null primary key, bid int, abalance int, filler char(84))",
        "create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
        "insert into pgbench_branches select i, 0, '' from generate_series(1, 1) i",
        "insert into pgbench_tellers select i, 1, 0, '' from generate_series(1, 10) i",
        "insert into pgbench_accounts select i, 1, 0, '' from generate_series(1, 20000) i",
        "insert into pgbench_history select 1, 1, i, 7, now() from generate_series(1, 30) i"
    };

    @Test
    void draftsTheTablesOfPgbench() throws SQLException, IOException {
        String url = FreshDatabase.fresh().url();
        execute(url, PGBENCH);

        assertThat(exported(url))
                .isEqualTo(Map.of(
                        "public.pgbench_accounts", 20_000L,
                        "public.pgbench_branches", 1L,
                        "public.pgbench_tellers", 10L));
        assertThat(Files.readString(catalog())).contains("# - public.pgbench_history: it has no primary key");
    }

    @Test
    void draftsASchemaOfEverything() throws SQLException {
        String url = FreshDatabase.fresh().url();
        execute(
                url,
                "create type mood as enum ('sad', 'ok', 'happy')",
                "create schema \"Sales Team\"",
                "create table \"Sales Team\".orders (region text, no int, tenant_id int, placed timestamptz,"
                        + " tags text[], doc jsonb, photo bytea, mood mood, primary key (region, no))",
                "create index on \"Sales Team\".orders (placed)",
                "create table orders (id int generated always as identity primary key, total numeric(12, 2),"
                        + " twice numeric generated always as (total * 2) stored)",
                "create table \"Order \"\"Items\"\"\" (\"Größe\" text collate \"C\" primary key, \"select\" int)",
                "create table parts (id int, day date, primary key (id, day)) partition by range (day)",
                "create table parts1 partition of parts for values from ('2024-01-01') to ('2025-01-01')",
                "create table rest partition of parts default",
                "create table moods (mood mood primary key, since date)",
                "create view big as select id, total from orders where total > 50",
                "create materialized view kept as select region, count(*) as n from \"Sales Team\".orders group by 1",
                "create unique index on kept (region)",
                "insert into \"Sales Team\".orders select 'r' || i % 3, i, 1, now(), array['a', null], '{\"a\": [1]}',"
                        + " '\\xdeadbeef', 'happy' from generate_series(1, 500) i",
                "insert into orders (total) select i from generate_series(1, 100) i",
                "insert into \"Order \"\"Items\"\"\" values ('ü', 1), ('', 2), ('\u202e', 3)",
                "insert into parts select i, date '2024-06-01' + i from generate_series(1, 400) i",
                "insert into moods values ('sad', 'infinity'), ('ok', null), ('happy', '2026-01-01')",
                "refresh materialized view kept");

        assertThat(exported(url))
                .isEqualTo(Map.of(
                        "Sales Team.orders", 500L,
                        "public.orders", 100L,
                        "public.Order \"Items\"", 3L,
                        "public.parts", 400L,
                        "public.moods", 3L,
                        "public.big", 50L,
                        "public.kept", 3L));
    }

    private static final String[] ODD_NAMES_AND_KEYS = {
        "create or replace database plant character set utf8mb4",
        "use plant",
        "create table `Größe & Co` (`order` bigint unsigned primary key, `a:b` text, `it's` int, `q\"q` int)",
        "insert into `Größe & Co` values (18446744073709551615, 'x', 1, 2), (1, null, 1, 2)",
        "create table types (id int primary key auto_increment, b bit(4), t tinyint(1), y year, j json,"
                + " e enum ('a', 'b'), placed datetime(3) not null, hidden int invisible default 5, index (placed))",
        "insert into types (b, t, y, j, e, placed) select b'1010', 2, 1999, '{}', 'a',"
                + " timestamp '2024-01-01 12:00:00.5' + interval seq day from seq_1_to_60",
        "create table parts (id int, day date, primary key (id, day)) partition by range (year(day))"
                + " (partition old values less than (2024), partition young values less than maxvalue)",
        "insert into parts select seq, date '2023-12-01' + interval seq day from seq_1_to_100",
        "create table uniq (k varchar(20) character set latin1 collate latin1_german1_ci not null unique, v int)",
        "insert into uniq values ('b', 1), ('A', 2), ('Z ', 3)",
        "create table enumerated (e enum ('z', 'a') primary key)",
        "create table nokey (a int unique)",
        "create view seen as select id from types"
    };

    /** As a newcomer does it: with the jar of a driver in the home's folder for them. */
    @Test
    void draftsASchemaOfMariadb() throws SQLException, IOException {
        String owner = "jdbc:mariadb://127.0.0.1:" + Mariadb.port() + "/?user=owner&password=geheim";
        execute(owner, ODD_NAMES_AND_KEYS);
        Path driver = Path.of(URI.create(org.mariadb.jdbc.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Files.copy(driver, Files.createDirectory(home.resolve("drivers")).resolve("driver.jar"));
        String url = "jdbc:mariadb://127.0.0.1:" + Mariadb.port() + "/plant?user=owner&password=geheim";

        ProcessRun init = ProcessRun.of(
                folder,
                ProcessRun.jar("init", url, "-o", catalog().toString()),
                Map.of("WINDROW_HOME", home.toString()));

        assertThat(init.exit()).as(init.all()).isZero();
        assertThat(init.err()).isEmpty();
        assertThat(init.out())
                .contains(
                        ": 4 datasets of plant. A start would take it.",
                        "Not drafted:\n  enumerated: the key's column \"e\" is an enum or set",
                        "\n  nokey: it has no primary key",
                        "\n  seen: the database does not tell");
        Files.writeString(catalog(), Files.readString(catalog()).replace("${PLANT_PASSWORD:}", "geheim"));
        try (RunningWindow window = RunningWindow.start(home, catalog())) {
            assertThat(rows(window.client))
                    .isEqualTo(Map.of("Größe & Co", 2L, "types", 60L, "parts", 100L, "uniq", 3L));
            String january =
                    "{\"dataset\":\"types\",\"parameters\":{\"since\":\"2024-01-02\",\"until\":\"2024-02-01\"}}";
            assertThat(window.client
                            .complete(january)
                            .at("/progress/rowsWritten")
                            .asLong())
                    .isEqualTo(30);
        }
    }

    @Test
    void keepsAFileThatIsThere() throws SQLException, IOException {
        String url = makeShop();
        Files.writeString(catalog(), "mine");

        ProcessRun refused = ProcessRun.here("init", url, "-o", catalog().toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("is there already; --force replaces it");
        assertThat(catalog()).hasContent("mine");

        assertThat(ProcessRun.here("init", url, "--force", "-o", catalog().toString())
                        .exit())
                .isZero();
        assertThat(catalog()).content().contains("datasets:");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Music Shop.db", "catalog.yaml");
        }
    }

    @Test
    void writesToStandardOutput() throws SQLException {
        ProcessRun run = ProcessRun.here("init", makeShop(), "-o", "-");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("# yaml-language-server: $schema=").endsWith("\n");
        assertThat(run.err()).startsWith("Not drafted:");
        assertThat(catalog()).doesNotExist();
    }

    @Test
    void writesNoPassword() throws SQLException, IOException {
        String url = FreshDatabase.fresh().url();
        execute(url, PGBENCH);

        ProcessRun run = ProcessRun.here(
                "init", url + "&password=hush-hush", "-o", catalog().toString());

        assertThat(run.exit()).as(run.all()).isZero();
        assertThat(run.all()).contains("_PASSWORD for the server").doesNotContain("hush-hush");
        assertThat(Files.readString(catalog())).contains("_PASSWORD:}").doesNotContain("hush-hush");
    }

    @Test
    void saysWhyThereIsNoDraft() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.db"));

        ProcessRun nothing =
                ProcessRun.here("init", "jdbc:sqlite:" + empty, "-o", catalog().toString());
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.err()).contains("no table or view can be exported");
        ProcessRun nowhere = ProcessRun.here(
                "init",
                "jdbc:postgresql://127.0.0.1:1/shop?user=a&password=hush-hush",
                "-o",
                catalog().toString());
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).contains("refused").doesNotContain("hush-hush");
        ProcessRun wrong = ProcessRun.here("init", "jdbc:sqlite:" + folder.resolve("none.db"));
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no SQLite file");
        assertThat(catalog()).doesNotExist();
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void demoServesTheTablesOfADatabase() throws Exception {
        String url = FreshDatabase.fresh().url();
        execute(url, PGBENCH);
        Path log = folder.resolve("demo.txt");
        Process demo = new ProcessBuilder(
                        ProcessRun.jar("demo", url + "&password=hush-hush", "--port", "0", "--home", home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !demo.isAlive() || Files.readString(log).contains("Open http://"));
            String said = Files.readString(log);
            assertThat(demo.isAlive()).as(said).isTrue();
            assertThat(said).contains("Drafted 3 datasets").contains("public.pgbench_history: ");
            WindowClient client = new WindowClient(said.replaceAll("(?s).*Open (http://[0-9.:]+).*", "$1"));
            assertThat(rows(client)).containsEntry("public.pgbench_accounts", 20_000L);
        } finally {
            demo.destroy();
            demo.waitFor();
        }
        assertThat(Files.readString(log)).doesNotContain("hush-hush");
        Path catalog = home.resolve("demo/own/catalog.yaml");
        assertThat(Files.readString(catalog)).doesNotContain("hush-hush");
        assertThat(Files.getPosixFilePermissions(catalog.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
}
