package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windrow.testkit.FakeWindrow;
import dev.windrow.testkit.Folders;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two downloads that want to write the same file. */
class SameTargetIT {
    private final FakeWindrow server = new FakeWindrow();
    private final Recorded seen = new Recorded();

    @TempDir
    Path folder;

    private Path target;
    private Path part;

    @BeforeEach
    void name() {
        target = folder.resolve("out.zip");
        part = folder.resolve("out.zip.part");
    }

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void theSecondIsToldAndTheFirstEndsWhole() throws Exception {
        List<Throwable> second = new ArrayList<>();
        ProgressListener meanwhile = new ProgressListener() {
            @Override
            public void status(ExportStatus status) {}

            @Override
            public void download(long here, long total) {
                if (here > 100_000 && second.isEmpty()) {
                    second.add(catchThrowable(() -> client(seen).download(completed(), target, true)));
                }
            }
        };
        client(meanwhile).download(completed(), target, false);
        assertThat(second).singleElement().satisfies(this::tellsOfAnother);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(Folders.files(folder)).containsExactly("out.zip");
    }

    @Test
    void anotherProcessIsAnotherToo() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        part.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(says.readLine()).isEqualTo("locked");
            ThrowingCallable download = () -> client(seen).download(completed(), target, false);
            assertThatThrownBy(download).satisfies(this::tellsOfAnother);
            assertThat(part).hasContent("its bytes");
            assertThat(target).doesNotExist();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
        client(seen).download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
    }

    @Test
    void whatIsWrittenIsNoEarlierArchive() throws Exception {
        Files.writeString(part, "so far");
        Path link = Files.createSymbolicLink(folder.resolve("old.zip"), part);
        for (Path base : List.of(part, link)) {
            assertThatThrownBy(() -> client(seen).downloadOver(completed(), base, target, false))
                    .isInstanceOf(ClientException.class)
                    .hasMessageStartingWith(base + " is what this download writes to");
        }
        assertThat(part).hasContent("so far");
    }

    private void tellsOfAnother(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.FAILED));
        assertThat(thrown)
                .hasMessage(
                        "Another command writes " + part + "; wait for it to end, or give another file to write to");
    }

    private ExportStatus completed() {
        return ExportStatus.of(Json.read(server.completed().getBytes(StandardCharsets.UTF_8)));
    }

    private ExportClient client(ProgressListener listener) {
        return new ExportClient(server.url(), null, Patience.DEFAULT, Clock.systemUTC(), listener);
    }
}
