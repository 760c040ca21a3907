package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A start that cannot be right is refused: exit code 1, one clear message, no stack trace. Most are tried in this
 * process by the program that the jar's main runs; that a process of the jar says and does the same is tried of each
 * way in which a start ends.
 */
@Tag("slow")
final class RefusedStartIT {
    private static final List<String> KEY = List.of(
            "--windrow.security.mode=api-keys",
            "--windrow.security.api-keys[0].name=shop",
            "--windrow.security.api-keys[0].sha256=" + "0".repeat(64));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sources: [|catalog.yaml:2: not valid YAML",
                "datasets: {a: 5}|catalog.yaml:1:",
                "nonsense: 1|catalog.yaml:1:",
                "sources: {a: {url: 'jdbc:sqlite:gone.db'}}|no SQLite file gone.db; correct the path"
            })
    void forABrokenCatalog(String text, String message) throws IOException {
        Path catalog = Files.writeString(folder.resolve("catalog.yaml"), text + "\n");
        assertRefused(message, "--windrow.catalog=" + catalog);
        ProcessRun check = ProcessRun.here("check-catalog", catalog.toString());
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err()).contains(message);
        assertThat(check.out()).isEmpty();
    }

    /** Refused while settings are read, while parts are put together, and by what a part says of the disk. */
    @Test
    void endsTheProcessAsItEndsHere() throws IOException {
        Path catalog = Files.writeString(folder.resolve("catalog.yaml"), "nonsense: 1\n");
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("windrow.db"), "this is not a database. ".repeat(100));
        for (String setting : List.of(
                "--windrow.worker.concurrency=0",
                "--windrow.hoem=x",
                "--server.address=0.0.0.0",
                "--windrow.catalog=" + catalog,
                "--windrow.home=" + home)) {
            String[] start = start(setting);
            ProcessRun process = ProcessRun.windrow(folder, start);
            ProcessRun here = ProcessRun.here(start);
            assertThat(process.exit()).as(process.all()).isEqualTo(1).isEqualTo(here.exit());
            assertThat(words(process)).startsWith("****").isEqualTo(words(here));
            assertThat(process.err()).isEqualTo(here.err());
        }
        ProcessRun check = ProcessRun.windrow(folder, "check-catalog", catalog.toString());
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err()).contains("catalog.yaml:1:");
        assertThat(check.out()).isEmpty();
    }

    /** What is said, but for the time at which it is. */
    private static String words(ProcessRun run) {
        return run.out().substring(Math.max(run.out().indexOf("****"), 0));
    }

    @Test
    void forACatalogThatIsMissing() {
        assertRefused("there is no such file or folder; correct the path", "--windrow.catalog=nowhere.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--windrow.hoem=x|Windrow has no such setting: windrow.hoem",
                "--windrow.worker.concurrency=0|windrow.worker.concurrency is 0; say a number from 1 to 64",
                "--windrow.database.pool=3|windrow.database.pool is 3; say a number from 4 to 200",
                "--windrow.worker.compression-level=ten|Value: \"ten\"",
                "--windrow.role=boss|worker",
                "--windrow.retention.artifacts=PT0S|windrow.retention.artifacts is PT0S; say a time such as P7D",
                "--windrow.retention.artifacts=7|windrow.retention.artifacts is 7, which has no unit; say a time such as P7D",
                "--windrow.database.url=jdbc:mysql://x|PostgreSQL (jdbc:postgresql:",
                "--windrow.database.url=jdbc:SQLite::memory:|The status database must be a plain file",
                "--windrow.database.url=jdbc:postgresql://db/x?socketFactory=evil|option \"socketFactory\" of the URL is not",
                "--windrow.database.url=jdbc:postgresql://127.0.0.1:1/x|The status database can't be opened",
                "--windrow.page.url=https://me@x.example|windrow.page.url is not the address of a page; write it such as",
                "--windrow.page.logo=nowhere.svg|windrow.page.logo: there is no such file as nowhere.svg; correct the path",
                "--windrow.page.css=pom.txt|windrow.page.css: there is no such file as pom.txt; correct the path",
                "--windrow.page.logo=pom.xml|pom.xml is no picture of the kind that its name says; give an SVG (.svg)",
                "--windrow.page.back.text=Back|windrow.page.back.url and windrow.page.back.text go together; set both",
                "--windrow.page.frame-ancestors=*|windrow.page.frame-ancestors: \"*\" is no origin; write it such as",
                "--server.port=99999|server.port is 99999; say a number from 0 to 65535",
                "--windrow.security.mode=none,api-keys|windrow.security.mode is \"none,api-keys\"; say none, api-keys, jwt",
                "--windrow.security.mode=api-keys|there are none: set windrow.security.keys-file or windrow.security.api-keys",
                "--windrow.security.keys-file=x|so that no key would be asked for: set windrow.security.mode to api-keys",
                "--server.address=0.0.0.0|server.address must be a loopback address such as 127.0.0.1, and is 0.0.0.0"
            })
    void forSettingsThatAreWrong(String setting, String message) {
        assertRefused(message, setting);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roles=exprot|windrow.security.api-keys[0]: unknown role \"exprot\" (did you mean \"export\"?)",
                "sha256=wdr_my_key|windrow.security.api-keys[0]: sha256 is not the SHA-256 of a key",
                "expires=soon|windrow.security.api-keys[0]: expires: expected a date",
                "role=export|Windrow has no such setting: windrow.security.api-keys[0].role",
                "limits.starts-per-minute=-1|limits: starts-per-minute: expected a whole number"
            })
    void forAKeyThatIsWrong(String field, String message) {
        List<String> settings = new ArrayList<>(KEY);
        settings.removeIf(setting -> setting.contains("." + field.substring(0, field.indexOf('=') + 1)));
        settings.add("--windrow.security.api-keys[0]." + field);
        assertRefused(message, settings.toArray(String[]::new));
    }

    @Test
    void forAKeysFileThatIsBroken() throws IOException {
        Path file = folder.resolve("keys.yaml");
        String setting = "--windrow.security.keys-file=" + file;
        assertRefused("there is no such file; make it", "--windrow.security.mode=api-keys", setting);
        Files.writeString(file, "- { name: one, sha256: " + "0".repeat(64) + " }\n- { nam: two }\n");
        assertRefused(
                file + ":2: key: unknown field \"nam\" (did you mean \"name\"?)",
                "--windrow.security.mode=api-keys",
                setting);
    }

    /** With credentials it may listen for others; what is missing is said one by one. */
    @Test
    void forAnAddressThatOthersReachWithoutANameOrTls() {
        List<String> settings = new ArrayList<>(KEY);
        settings.add("--server.address=0.0.0.0");
        assertRefused("nothing says by which name: set windrow.page.hosts", settings.toArray(String[]::new));
        settings.add("--windrow.page.hosts=exports.example");
        assertRefused("for everybody to read: set server.ssl.bundle", settings.toArray(String[]::new));
        settings.add("--server.forward-headers-strategy=none");
        assertRefused("for everybody to read: set server.ssl.bundle", settings.toArray(String[]::new));
    }

    /** The real process; SecurityCheckTest has the cases, and those that start. */
    @Test
    void forAPortThatTheNetworkReachesByWhatItCouldRead() {
        String[] keys = {
            "--server.address=0.0.0.0",
            "--windrow.security.mode=api-keys",
            "--windrow.security.api-keys[0].name=shop",
            "--windrow.security.api-keys[0].sha256=" + "a".repeat(64),
            ""
        };
        keys[4] = "--server.forward-headers-strategy=native";
        assertRefused("set windrow.page.hosts to the names that it is reached by, or windrow.page.url", keys);
        keys[4] = "--windrow.page.hosts=exports.example";
        assertRefused("would cross the network for everybody to read: set server.ssl.bundle", keys);
    }

    /** Of what each command line has, every user of the machine can read all. */
    @Test
    void forSecretsOnTheCommandLine() {
        for (String command : List.of("serve", "migrate")) {
            ProcessRun run = ProcessRun.here(command, "--windrow.links.secret=hunter2");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .contains("windrow.links.secret has a secret in it")
                    .contains(
                            "set the environment variable WINDROW_LINKS_SECRET instead, or put it into application.yaml");
            assertThat(run.err().lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("`windrow " + command + " --help` says what it takes.");
            assertThat(run.all()).doesNotContain("hunter2");
        }
        List<String> command = ProcessRun.jar("serve");
        command.add(1, "-Dwindrow.database.password=hunter2");
        ProcessRun run = ProcessRun.of(folder, command);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("set the environment variable WINDROW_DATABASE_PASSWORD instead");
        assertThat(Folders.files(folder)).isEmpty();
    }

    /** The server is not there, so that the driver and the pool say what they can. */
    @Test
    void withoutThePasswordOfADatabasesUrl() throws IOException {
        Path config = Files.createDirectory(folder.resolve("config"));
        String location = "--spring.config.additional-location=" + config.toUri();
        for (String url : List.of(
                "jdbc:postgresql://127.0.0.1:1/x?user=me&sslpassword=hunter2",
                "jdbc:postgresql://127.0.0.1:1/x?user=me&password=hunter2",
                "jdbc:postgresql://127.0.0.1:1/x?password=hunter2&socketFactory=hunter2",
                "jdbc:postgresql://me:hunter2@127.0.0.1:1/x",
                "jdbc:postgresql://127.0.0.1:one/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:1/x?password=%hunter2")) {
            Files.writeString(
                    config.resolve("application.yaml"),
                    "windrow.database.url: '" + url
                            + "'\nlogging.level.com.zaxxer: debug\nlogging.level.org.postgresql: trace\n");
            String[] start = {
                "serve",
                "--server.port=0",
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"),
                location
            };
            ProcessRun run = url.contains("sslpassword") ? ProcessRun.windrow(folder, start) : ProcessRun.here(start);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.all()).contains("Correct windrow.database.url").doesNotContain("hunter2");
        }
    }

    @Test
    void forAVariableThatIsMisspelt() {
        List<String> command = new ArrayList<>(List.of("env", "WINDROW_CATALOGUE=x"));
        command.addAll(ProcessRun.jar("serve", "--windrow.home=" + folder.resolve("windrow"), "--server.port=0"));

        ProcessRun run = ProcessRun.of(folder, command);

        assertThat(run.exit()).as(run.all()).isEqualTo(1);
        assertThat(run.all())
                .containsOnlyOnce("the environment variable WINDROW_CATALOGUE (did you mean \"WINDROW_CATALOG\"?)")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("windrow")).doesNotExist();
    }

    @Test
    void forASecretThatCouldBeFoundByTrying() throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "windrow: { links: { secret: geheim-xyz } }");
        assertRefused(
                "windrow.links.secret is too short: whoever has a link could find it by trying. Take at least 32"
                        + " bytes, such as what `openssl rand -hex 32` prints",
                "--spring.config.additional-location=" + folder.toUri());
    }

    @Test
    void forAHomeThatWasNeverMigrated() {
        assertRefused("run `windrow migrate` on this home", "--role", "api");
        assertRefused("run `windrow migrate` on this home", "--role", "worker");
    }

    @Test
    void forAHomeThatIsNoFolderOrHoldsNoDatabase() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused("windrow.home: the folder can't be made or written", "--windrow.home=" + file);
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("windrow.db"), "this is not a database. ".repeat(100));
        assertRefused("The status database can't be opened", "--windrow.home=" + home);
        assertThat(Files.readString(home.resolve("windrow.db"))).startsWith("this is not a database.");
    }

    @Test
    void forAPortThatIsTakenBeforeAnythingIsMade() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(
                    "Port " + port + " of 127.0.0.1 can't be used (Address already in use): stop what listens there,"
                            + " or choose another with --server.port=PORT or SERVER_PORT",
                    "--server.port=" + port);
            assertRefused(
                    "Port " + port + " of 127.0.0.1 can't be used (Address already in use): stop what listens there,"
                            + " or choose another with --management.server.port=PORT or MANAGEMENT_SERVER_PORT",
                    "--management.server.port=" + port);
        }
        assertThat(Folders.files(folder)).isEmpty();
    }

    @Test
    void forArgumentsThatAreNoSettings() {
        for (String argument : List.of("nonsense", "--windrow.home", "-x")) {
            ProcessRun run = ProcessRun.here("serve", argument);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("Settings are given as --name=value, not so: " + argument);
        }
    }

    private void assertRefused(String message, String... arguments) {
        ProcessRun run = ProcessRun.here(start(arguments));
        assertThat(run.exit()).as(run.all()).isEqualTo(1);
        assertThat(run.all()).containsOnlyOnce(message);
        assertThat(run.all())
                .doesNotContain("\tat ")
                .doesNotContain("Error creating bean")
                .doesNotContain("geheim")
                .doesNotContain("Bindable@");
    }

    /** The command, with what these settings leave unsaid. */
    private String[] start(String... settings) {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(settings));
        for (String usual : List.of(
                "--windrow.home=" + folder.resolve("windrow"),
                "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"),
                "--server.port=0")) {
            String name = usual.substring(0, usual.indexOf('=') + 1);
            if (all.stream().noneMatch(setting -> setting.startsWith(name))) {
                all.add(usual);
            }
        }
        return all.toArray(String[]::new);
    }
}
