package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.FakeWindrow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export -o -}, in a process of its own, whose standard output is what it is. */
final class StandardOutputIT {
    private final FakeWindrow server = new FakeWindrow();

    @TempDir
    private Path folder;

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void getsTheArchiveAndNothingElse() throws Exception {
        server.states.add(server.completed());
        server.cuts.add(1_000);

        assertThat(run(command())).isZero();

        assertThat(folder.resolve("out")).hasBinaryContent(server.archive);
        assertThat(Files.readString(folder.resolve("err"))).contains("100.0 %", "sha256: " + server.sha256());
        assertThat(folder.resolve("-")).doesNotExist();
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
    }

    @Test
    void getsAnArchiveThatIsMadeOverAnEarlierOne() throws Exception {
        Path old = Files.write(folder.resolve("old.zip"), server.archive);
        server.blocks = server.oneBlock();
        server.states.add(server.completed());
        List<String> command = command();
        command.addAll(List.of("--base", old.toString()));

        assertThat(run(command)).isZero();

        assertThat(folder.resolve("out")).hasBinaryContent(server.archive);
        assertThat(Files.readString(folder.resolve("err"))).contains("fetched 2", " B of 300.0 kB");
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
    }

    @Test
    void getsNothingOfADamagedArchive() throws Exception {
        server.digest = "00";
        server.states.add(server.completed());

        assertThat(run(command())).isEqualTo(1);

        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
    }

    @Test
    void isNoTerminal() throws Exception {
        String line = String.join(
                " ", command().stream().map(word -> "'" + word + "'").toList());

        assertThat(run(List.of("script", "-qec", line, "/dev/null"))).isEqualTo(2);

        assertThat(Files.readString(folder.resolve("out"))).contains("which is a terminal; redirect it");
        assertThat(server.requests).isEmpty();
    }

    private List<String> command() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedExportIT.Client.class.getName(),
                "export",
                "sensor-readings",
                "--server",
                server.url().toString(),
                "-o",
                "-"));
    }

    private int run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
