package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.WindowClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client's commands against a server. */
final class CommandsIT {
    private static final String KEY = "a-key-of-the-test";
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    @TempDir
    static Path folder;

    private static RunningWindow sensors;

    private String server = sensors.client.url();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void serve(@TempDir Path home) {
        sensors = RunningWindow.sensors(home);
    }

    @AfterAll
    static void close() {
        sensors.close();
    }

    @Test
    void tellsWhatThereIsToExport() {
        assertThat(run("datasets")).isZero();
        assertThat(lines()).containsExactly("sensor-readings  Sensor readings", "sensors  Sensors");
        assertThat(run("datasets", "-q")).isZero();
        assertThat(lines()).containsExactly("sensor-readings", "sensors");
        assertThat(run("datasets", "sensors")).isZero();
        assertThat(lines()).anyMatch(line -> line.startsWith("formats: csv")).anyMatch("columns:"::equals);
        assertThat(run("datasets", "--json")).isZero();
        assertThat(json().path(1).path("name").asString()).isEqualTo("sensors");
        assertThat(run("datasets", "sensors", "--json")).isZero();
        assertThat(json().path("columns").isEmpty()).isFalse();
        assertThat(run("datasets", "nope")).isEqualTo(2);
        assertThat(err.toString()).contains("windrow: Not found");
    }

    @Test
    void bringsAFileOfAnArchiveByItself() throws Exception {
        Path table = folder.resolve("sensors table.xlsx");
        assertThat(run("export", "sensors", "--format", "xlsx", "-o", table.toString()))
                .as(err::toString)
                .isZero();
        assertThat(lines()).first().isEqualTo("file: " + table);
        try (ZipFile workbook = new ZipFile(table.toFile())) {
            assertThat(workbook.getEntry("xl/workbook.xml")).isNotNull();
        }
        assertThat(run(
                        "export",
                        "sensors",
                        "--entry",
                        "sensors.csv",
                        "-o",
                        folder.resolve("one").toString(),
                        "--json",
                        "-q"))
                .as(err::toString)
                .isZero();
        Path one = Path.of(json().path("file").asString());
        assertThat(Files.readString(one)).startsWith("sensor_id,");
        assertThat(json().path("sha256").asString()).isEqualTo(Digests.hex(Files.readAllBytes(one)));
        String id = json().path("id").asString();
        assertThat(run(
                        "download",
                        id,
                        "--entry",
                        "nope.csv",
                        "-o",
                        folder.resolve("two").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no file nope.csv; it has sensors.csv");
        assertThat(folder.resolve("two")).doesNotExist();
        sensors.client
                .get(WindowClient.EXPORTS)
                .json()
                .path("items")
                .forEach(started ->
                        sensors.client.send("DELETE", started.at("/links/self").asString(), ""));
    }

    @Test
    void goesTheWholeWayOfAnExport() throws Exception {
        assertThat(run("list")).isZero();
        assertThat(lines()).containsExactly("There are no exports.");
        Path file = folder.resolve("way.zip");
        assertThat(run("export", "sensors", "-o", file.toString(), "--json", "-q"))
                .as(err::toString)
                .isZero();
        assertThat(err).hasToString("");
        String id = json().path("id").asString();
        assertThat(json().path("archive").asString()).isEqualTo(file.toString());
        assertThat(json().path("sha256").asString()).isEqualTo(Digests.hex(Files.readAllBytes(file)));

        assertThat(run("list", "--state", "completed", "--dataset", "sensors", "--limit", "1"))
                .isZero();
        assertThat(lines()).hasSize(1).first().asString().startsWith(id + "  ").contains("  completed  sensors  ");
        assertThat(run("list", "-q")).isZero();
        assertThat(lines()).containsExactly(id);
        assertThat(run("list", "--state", "failed", "--json")).isZero();
        assertThat(lines()).containsExactly("[]");

        assertThat(run("status", id)).isZero();
        assertThat(lines()).first().isEqualTo("completed: completed");
        assertThat(lines()).contains("sha256: " + Digests.hex(Files.readAllBytes(file)));
        assertThat(run("status", id, "-q")).isZero();
        assertThat(lines()).containsExactly("completed");
        assertThat(run("status", id, "--json")).isZero();
        assertThat(json().path("file").path("bytes").asLong()).isEqualTo(Files.size(file));

        Path again = folder.resolve("again.zip");
        assertThat(run("download", id, "-o", again.toString())).isZero();
        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(run("download", id, "-o", again.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there already; --force replaces it");

        assertThat(run("link", id, "--expires", "PT5M")).isZero();
        byte[] linked = new Http(lines().get(0)).get("").bytes();
        assertThat(linked).isEqualTo(Files.readAllBytes(file));
        assertThat(run("link", id, "--entry", "sensors.csv", "-q")).isZero();
        assertThat(new Http(lines().get(0)).get("").bytes()).startsWith("sensor_id,".getBytes(StandardCharsets.UTF_8));
        assertThat(run("link", id, "--entry", "nope")).isEqualTo(2);
        assertThat(run("link", id, "--expires", "P30D")).isEqualTo(2);
        assertThat(run("link", id, "--expires", "tomorrow")).isEqualTo(2);
        assertThat(err.toString()).contains("--expires must be a time such as PT30M");
    }

    @Test
    void triesAnExportAndStartsNothing() {
        int before =
                sensors.client.get(WindowClient.EXPORTS).json().path("items").size();
        assertThat(run("export", "sensors", "--dry-run", "--columns", "sensor_id,name"))
                .as(err::toString)
                .isZero();
        assertThat(err).hasToString("");
        assertThat(lines().get(0)).matches("rows: [0-9,]+");
        assertThat(lines().get(1)).matches("size: about [0-9.]+ [kM]?B");
        assertThat(lines().get(2)).isEmpty();
        assertThat(lines().get(3)).matches("sensor_id +name");
        assertThat(lines()).hasSizeBetween(5, 14);

        Path file = folder.resolve("tried.zip");
        assertThat(run("export", "sensors", "--dry-run", "-q", "-o", file.toString()))
                .isZero();
        assertThat(lines()).hasSize(2);
        assertThat(file).doesNotExist();
        assertThat(run("export", "sensors", "--dry-run", "--json", "-o", "-")).isZero();
        assertThat(json().path("state").asString()).isEqualTo("dry-run");
        assertThat(json().at("/preview/rows")).hasSizeLessThanOrEqualTo(10);
        assertThat(run("export", "sensors", "--dry-run", "--columns", "nope")).isEqualTo(2);
        assertThat(err.toString()).contains("/columns/0 is not a column of the dataset");
        assertThat(run("export", "nope", "--dry-run")).isEqualTo(2);
        assertThat(sensors.client.get(WindowClient.EXPORTS).json().path("items"))
                .hasSize(before);
    }

    /** In the log of a job lines of progress are noise; what went wrong is not. */
    @Test
    void showsNoProgressWhereNoneIsWanted() throws Exception {
        Path file = folder.resolve("still.zip");
        assertThat(run("export", "sensors", "-o", file.toString(), "--no-progress"))
                .as(err::toString)
                .isZero();
        assertThat(err).hasToString("");
        assertThat(lines()).containsExactly("archive: " + file, "sha256: " + Digests.hex(Files.readAllBytes(file)));
        Path again = folder.resolve("still again.zip");
        String id = sensors.client
                .get(WindowClient.EXPORTS)
                .json()
                .at("/items/0/id")
                .asString();
        assertThat(run("download", id, "-o", again.toString(), "--no-progress")).isZero();
        assertThat(err).hasToString("");
        assertThat(run("download", NOBODY, "-o", folder.resolve("never.zip").toString(), "--no-progress"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("windrow: ");
        assertThat(run("download", id, "-o", folder.resolve("loud.zip").toString()))
                .isZero();
        assertThat(err.toString()).contains("100.0 %");
        sensors.client
                .get(WindowClient.EXPORTS)
                .json()
                .path("items")
                .forEach(started ->
                        sensors.client.send("DELETE", started.at("/links/self").asString(), ""));
    }

    @Test
    void stopsAnExportThatRuns(@TempDir Path slow) {
        try (RunningWindow windrow = RunningWindow.start(slow.resolve("home"), Samples.paced(slow, 100_000, 5_000))) {
            server = windrow.client.url();
            String id = windrow.client.start("{\"dataset\":\"slow\"}").replaceFirst(".*/", "");
            assertThat(run("cancel", id)).isZero();
            assertThat(lines()).containsExactly(id + " is cancelled");
            assertThat(run("cancel", id, "-q")).isZero();
            assertThat(lines()).isEmpty();
            assertThat(run("download", id, "-o", folder.resolve("none.zip").toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("was cancelled");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "cancel", "download", "link"})
    void saysThatAnExportIsNotThere(String command) {
        assertThat(run(command, NOBODY)).isEqualTo(2);
        assertThat(err.toString()).startsWith("windrow: ").hasLineCount(1);
        assertThat(run(command, "../datasets")).isEqualTo(2);
        assertThat(err.toString()).startsWith("An export's id has letters, digits and hyphens");
    }

    @Test
    void takesTheKeyOfAFile() throws Exception {
        try (RunningWindow windrow = RunningWindow.sensors(
                folder.resolve("keys"),
                "--windrow.security.mode=api-keys",
                "--windrow.security.api-keys[0].name=key",
                "--windrow.security.api-keys[0].sha256=" + Digests.hex(KEY.getBytes(StandardCharsets.UTF_8)))) {
            server = windrow.client.url();
            assertThat(run("datasets")).isEqualTo(1);
            Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
            assertThat(run("datasets", "-q", "--api-key-file", file.toString())).isZero();
            assertThat(lines()).containsExactly("sensor-readings", "sensors");
            assertThat(run(
                            "datasets",
                            "--api-key-file",
                            folder.resolve("absent").toString()))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("--api-key-file cannot be read: ");
            Files.write(file, new byte[] {(byte) 0xff, '\n'});
            assertThat(run("datasets", "--api-key-file", file.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("must have the key");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exprot,There is no command exprot (did you mean \"export\"?)",
        "frobnicate,There is no command frobnicate",
        "--frobnicate,There is no option --frobnicate"
    })
    void saysOfAWordThatItDoesNotKnowWhatWasMeant(String word, String said) {
        assertThat(Windrow.commandLine().setErr(new PrintWriter(err)).execute(word))
                .isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(said, "`windrow --help` lists the commands.");
    }

    @Test
    void saysInPlainWordsWhatIsNoNumber() {
        assertThat(run("list", "--limit", "abc")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Invalid value for option '--limit': 'abc' is not a whole number",
                        "`windrow list --help` says what it takes.");
    }

    @Test
    void namesTheDatasetsThatThereAre() {
        assertThat(run("export", "nope", "-o", folder.resolve("x.zip").toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).last().isEqualTo("  There are: sensor-readings, sensors");
    }

    /** Of the whole program, so that no command is without. */
    @Test
    void hasAManualPageAndACompletionOfEveryCommand() throws Exception {
        assertThat(Windrow.commandLine().setOut(new PrintWriter(out)).execute("manual"))
                .isZero();
        Path page = Files.writeString(folder.resolve("windrow.1"), out.toString());
        Process shown = new ProcessBuilder("sh", "-c", "man -l '" + page + "' 2>&1 || cat '" + page + "'").start();
        assertThat(new String(shown.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("warning:", "error:");
        out.getBuffer().setLength(0);
        assertThat(Windrow.commandLine().setOut(new PrintWriter(out)).execute("completion"))
                .isZero();
        Path script = Files.writeString(folder.resolve("completion"), out.toString());
        Process words = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(windrow ''); COMP_CWORD=1; _complete_windrow;"
                                + " echo \"${COMPREPLY[*]}\"")
                .start();
        String completed = new String(words.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        for (CommandLine command : Windrow.commandLine().getSubcommands().values()) {
            String name = command.getCommandSpec().name();
            assertThat(Files.readString(page))
                    .contains(".SH \"WINDROW " + name.toUpperCase(Locale.ROOT).replace("-", "\\-"));
            assertThat(completed.strip().split("\\s+")).contains(name);
        }
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(Stream.of(words).toList());
        line.add("--server=" + server);
        return Windrow.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }
}
