package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.Patience;
import dev.windrow.testkit.FakeWindrow;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineIT {
    private static final Patience SHORT = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(5));

    private final FakeWindrow server = new FakeWindrow();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void exportsToTheNamedFileAndSaysSoInTheLastLines() {
        Path file = folder.resolve("out.zip");
        server.states.addAll(List.of(server.running(100, 10), server.completed()));
        assertThat(export("-p", "sensor_id=load", "-p", "start_ts=5", "-o", file.toString()))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("archive: " + file, "sha256: " + server.sha256());
        assertThat(err.toString()).contains("10.0 %, 100 of 1,000 rows").contains("100.0 %, completed");
        assertThat(file).hasBinaryContent(server.archive);
        assertThat(server.starts)
                .containsExactly(
                        "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\",\"start_ts\":5}}");
    }

    @Test
    void saysOfAnArchiveThatIsHereWhatItHasNotAsItWasAskedFor() {
        server.warnings = "[{\"type\": \"rows-changed\", \"detail\": \"60,000 rows were counted, 3,960 were there.\"},"
                + "{\"type\": \"new-type\", \"detail\": \"\\u001b[31m2 things.\\u202e\"}]";
        assertThat(export("-o", file("out.zip"))).isZero();
        assertThat(err.toString().lines().toList())
                .endsWith("warning: 60,000 rows were counted, 3,960 were there.", "warning: [31m2 things.");
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void sendsColumnsAndFormat() {
        export("--columns", "value,quality", "--format", "json", "-o", file("x.zip"));
        assertThat(server.starts)
                .first()
                .asString()
                .contains("\"format\":\"json\"")
                .contains("[\"value\",\"quality\"]");
    }

    @Test
    void asksForTitlesBesideOptionsOfTheFormat() {
        export("--titles", "--option", "csv.profile=spreadsheet", "-o", file("x.zip"));
        assertThat(server.starts)
                .first()
                .asString()
                .contains("\"options\":{\"csv\":{\"profile\":\"spreadsheet\"},\"headers\":\"titles\"}");
    }

    @Test
    void takesNoSecretThatEveryUserCouldReadOnTheCommandLine() {
        for (String[] key : new String[][] {{"--api-key", "hunter2"}, {"--api-key=hunter2"}, {"--api-key"}}) {
            List<String> arguments = new ArrayList<>(List.of("-o", file("x.zip")));
            arguments.addAll(List.of(key));
            assertThat(export(arguments.toArray(String[]::new))).isEqualTo(2);
        }
        assertThat(err.toString())
                .contains("--api-key is not taken", "set the environment variable WINDROW_API_KEY instead")
                .doesNotContain("hunter2");
        for (String host : List.of("127.0.0.1:1?x", "no_name", "")) {
            String address = "--server=http://me:hunter2@" + host;
            for (String[] command :
                    new String[][] {{"export", "sensors"}, {"schedules"}, {"schedules", "pause", "a"}}) {
                List<String> arguments = new ArrayList<>(List.of(command));
                arguments.add(address);
                err.getBuffer().setLength(0);
                assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
                assertThat(err.toString())
                        .contains("--server must have no user or password in it")
                        .doesNotContain("hunter2");
            }
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void refusesToReplaceAFileBeforeAnythingIsStarted() throws IOException {
        Path file = Files.writeString(folder.resolve("out.zip"), "mine");
        assertThat(export("-o", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file + " is there already; --force replaces it");
        assertThat(server.requests).isEmpty();
        assertThat(export("-o", file.toString(), "--force")).isZero();
        assertThat(file).hasBinaryContent(server.archive);
    }

    @Test
    void showsEveryFaultOfARefusedStart() {
        server.startProblem = """
            {"title": "Invalid parameters", "status": 422, "detail": "2 faults\\u001b[31m", "errors": [
            {"pointer": "/parameters/start_ts", "detail": "must be an integer"},
            {"pointer": "/format", "detail": "unknown"}]}""";
        assertThat(export("-o", file("x.zip"))).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                        windrow: Invalid parameters: 2 faults [31m
                          /parameters/start_ts: must be an integer
                          /format: unknown
                        """);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatCannotStartNowIsNoFaultOfTheCommand() {
        server.startTroubles.add(500);
        assertThat(export("-o", file("x.zip"))).isEqualTo(1);
    }

    @Test
    void saysWhyAnExportFailed() {
        server.states.add(server.ended("failed", "{\"title\": \"Source query failed\", \"detail\": \"Equal keys\"}"));
        assertThat(export("-o", file("x.zip"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("windrow: The export 0193-export has failed\nSource query failed: Equal keys");
    }

    @Test
    void anExportThatWasCancelledIsAFailure() {
        server.states.add(server.ended("cancelled", "null"));
        assertThat(export("-o", file("x.zip"))).isEqualTo(1);
        assertThat(err.toString()).contains("windrow: The export 0193-export was cancelled");
    }

    @Test
    void aDamagedArchiveIsAFailure() {
        server.digest = "00";
        assertThat(export("-o", file("x.zip"))).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownDatasetIsAFaultOfTheCommand() {
        assertThat(run("export", "nothing", "--server", server.url().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("windrow: Not found: No such dataset");
    }

    @Test
    void aServerThatIsNotThereIsItsOwnExitCode() throws IOException {
        int port = Ports.free();
        assertThat(run("export", "x", "--server", "http://127.0.0.1:" + port)).isEqualTo(3);
        assertThat(err.toString()).contains("windrow: http://127.0.0.1:" + port + "/ cannot be reached");
    }

    @Test
    void whatIsNoWindrowServerIsSaidSo() {
        server.states.add("[]");
        assertThat(export("-o", file("x.zip"))).isEqualTo(1);
        assertThat(err.toString()).contains("did not answer as a Windrow server does");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "export",
                "unknown",
                "export x -p novalue",
                "export x -p =1",
                "export x --server ftp://somewhere",
                "export x --server http://",
                "export x -o /no/such/folder/file.zip",
                "export x -o /tmp",
                "export x --wxyz",
                "demo --rows 0",
                "demo --rows many",
                "demo --port 65536"
            })
    void whatIsNoCommandIsAUsageError(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
        String command = line.contains(" ") ? line.substring(0, line.indexOf(' ')) : line;
        if (command.equals("unknown")) {
            assertThat(err.toString().lines()).hasSize(2).first().isEqualTo("There is no command unknown");
        } else if (List.of("export", "demo").contains(command)) {
            assertThat(err.toString().lines()).hasSize(2).last().asString().contains("windrow " + command + " --help");
        } else {
            assertThat(err.toString()).contains("Usage: windrow");
        }
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(run("export", "--help")).isZero();
        assertThat(out.toString()).contains("export", "demo", "WINDROW_SERVER", "Exit codes:");
    }

    private int export(String... arguments) {
        String[] all = new String[arguments.length + 4];
        System.arraycopy(
                new String[] {
                    "export", "sensor-readings", "--server", server.url().toString()
                },
                0,
                all,
                0,
                4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return run(all);
    }

    private int run(String... arguments) {
        CommandLine line = WindrowCommand.commandLine(
                        settings -> {
                            throw new AssertionError("started a server");
                        },
                        SHORT)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
