package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.Patience;
import dev.windrow.testkit.FakeWindrow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code --base}: what may be named, and what is told. */
final class EarlierArchiveIT {
    private final FakeWindrow server = new FakeWindrow();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path old;
    private Path file;
    private byte[] list = {};

    /** The earlier archive is the later one: nothing is missing. */
    @BeforeEach
    void putAnArchiveThere() throws IOException {
        old = Files.write(folder.resolve("old.zip"), server.archive);
        file = folder.resolve("out.zip");
        server.states.add(server.completed());
        list = server.oneBlock();
        server.blocks = list;
    }

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void tellsHowMuchWasFetched() {
        assertThat(export("--base", old.toString(), "-o", file.toString())).isZero();
        assertThat(file).hasBinaryContent(server.archive);
        assertThat(err.toString().lines()).contains("fetched " + list.length + " B of 300.0 kB");
        assertThat(out.toString().lines()).containsExactly("archive: " + file, "sha256: " + server.sha256());
    }

    @Test
    void tellsScriptsHowMuchWasFetched() {
        assertThat(export("--base", old.toString(), "-o", file.toString(), "--json", "-q"))
                .isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).path("fetched").asLong())
                .isEqualTo(list.length);
        assertThat(JsonMapper.shared().readTree(out.toString()).path("bytes").asLong())
                .isEqualTo(300_000);
        assertThat(err).hasToString("");
    }

    @Test
    void isAFileThatIsHere() {
        assertRefused("--base must be an archive that is here: " + folder.resolve("none"), "--base", "none");
        assertRefused("--base must be a file that can be read: " + folder, "--base", "");
    }

    @Test
    void isForWholeArchives() {
        assertRefused(
                "--base is for the whole archive, --entry brings a file of it: leave one of them out",
                "--base",
                "old.zip",
                "--entry",
                "orders.csv");
        file = folder.resolve("out.csv");
        assertRefused(
                "--base is for the whole archive: give -o a name that ends with .zip, not " + file,
                "--base",
                "old.zip");
    }

    private void assertRefused(String why, String... words) {
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(words));
        all.set(1, folder.resolve(words[1]).toString());
        all.addAll(List.of("-o", file.toString()));
        assertThat(export(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().lines()).first().isEqualTo(why);
        assertThat(server.requests).isEmpty();
    }

    private int export(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("export", "sensor-readings", "--server", server.url().toString()));
        all.addAll(List.of(arguments));
        return WindrowCommand.commandLine(
                        settings -> {
                            throw new AssertionError("started a server");
                        },
                        Patience.NONE)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
