package dev.windrow.worker.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files below a root are opened, also while somebody else exchanges them. */
@Timeout(300)
final class AttachmentFolderTest {
    private static final String SECRET = "what nobody may see";
    private static final int OPENINGS = 20_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path temporary;

    private Path root;
    private Path outside;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(temporary.resolve("media"));
        outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("x.txt"), SECRET);
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("x.txt"), "x");
        Files.writeString(root.resolve("sub/y.txt"), "y");
        Files.writeString(root.resolve("sub/a\\b.txt"), "z");
    }

    @ParameterizedTest
    @CsvSource({
        "x.txt, x",
        "./x.txt, x",
        "sub/../x.txt, x",
        "nowhere/../x.txt, x",
        "sub//y.txt, y",
        "./sub/./y.txt, y",
        "../media/x.txt, x",
        "sub/a\\b.txt, z"
    })
    void findsWhatLiesBelowTheRoot(String path, String content) throws IOException {
        assertThat(content(root, path)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "/",
                "sub",
                "gone.txt",
                "x.txt/",
                "x.txt/y",
                "../outside/x.txt",
                "sub/../../outside/x.txt",
                "~/x.txt",
                "~",
                "x.txt\u0000",
                "sub/\u0000/../../x",
                "../../../../../../../../../../etc/passwd",
                "\ud800"
            })
    void findsNothingElse(String path) throws IOException {
        String expected = path.equals("x.txt/") ? "x" : null;
        assertThat(content(root, path)).isEqualTo(expected);
        assertThat(content(root, "/" + root.resolve("x.txt"))).isNull();
        assertThat(content(root, outside.resolve("x.txt").toString())).isNull();
        assertThat(content(root, "n".repeat(300))).isNull();
    }

    @Test
    void followsNoLinkButTheRootItself() throws IOException {
        Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("x.txt"));
        Files.createSymbolicLink(root.resolve("within.txt"), root.resolve("x.txt"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Path linked = Files.createSymbolicLink(temporary.resolve("linked"), root);

        assertThat(content(root, "link.txt")).isNull();
        assertThat(content(root, "within.txt")).isNull();
        assertThat(content(root, "folder/x.txt")).isNull();
        assertThat(content(linked, "sub/y.txt")).isEqualTo("y");
    }

    @Test
    void opensAFileOfSeveralNamesOnlyWhereThatIsAllowed() throws IOException {
        Files.createLink(root.resolve("hard.txt"), outside.resolve("x.txt"));

        assertThat(content(root, "hard.txt")).isNull();
        try (AttachmentFolder folder = new AttachmentFolder(root, true, LONG)) {
            assertThat(content(folder, "hard.txt")).isEqualTo(SECRET);
            assertThat(content(folder, "sub/y.txt")).isEqualTo("y");
        }
    }

    @Test
    void opensNoPipe() throws Exception {
        pipe(root.resolve("pipe"));
        pipe(root.resolve("sub/pipe"));

        assertThat(content(root, "pipe")).isNull();
        assertThat(content(root, "sub/pipe")).isNull();
        assertThat(content(root, "pipe/x.txt")).isNull();
        assertThat(content(Path.of("/dev"), "null")).isNull();
    }

    @Test
    void takesNoFileForMissingWhereTheRootIsOutOfReach() {
        assertThatIOException().isThrownBy(() -> content(temporary.resolve("unmounted"), "x.txt"));
    }

    @Test
    void opensFilesWhoseRunWasInterrupted() throws IOException {
        try (AttachmentFolder folder = new AttachmentFolder(root, false, LONG)) {
            Thread.currentThread().interrupt();
            try (FileChannel file = folder.open("x.txt")) {
                assertThat(Thread.interrupted()).isTrue();
                assertThat(text(file)).isEqualTo("x");
            }
        }
    }

    /** A folder and a link that leads out, under one name in turn. */
    @Test
    void isNotLedOutByAFolderThatIsExchanged() throws Exception {
        Path name = Files.createDirectories(root.resolve("d"));
        Files.writeString(name.resolve("x.txt"), "d");
        Path link = Files.createSymbolicLink(root.resolve("link"), outside);
        Path aside = root.resolve("aside");

        exchange(
                () -> {
                    Files.move(name, aside);
                    Files.move(link, name);
                    Files.move(name, link);
                    Files.move(aside, name);
                },
                "d/x.txt",
                "d");
    }

    /** A file, and another name of one that lies outside. */
    @Test
    void isNotLedOutByAFileThatIsExchanged() throws Exception {
        Path name = Files.writeString(root.resolve("f.txt"), "f");
        Path aside = root.resolve("aside");
        Path other = root.resolve("other");

        exchange(
                () -> {
                    Files.move(name, aside);
                    Files.createLink(other, outside.resolve("x.txt"));
                    Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, name, StandardCopyOption.ATOMIC_MOVE);
                },
                "f.txt",
                "f");
    }

    @Test
    void doesNotWaitForAPipeThatIsExchangedForAFile() throws Exception {
        Path name = Files.writeString(root.resolve("f.txt"), "f");
        Path aside = root.resolve("aside");
        Path pipe = root.resolve("pipe");
        pipe(pipe);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> exchanging = exchanging(
                () -> {
                    Files.move(name, aside);
                    Files.move(pipe, name);
                    Files.move(name, pipe);
                    Files.move(aside, name);
                },
                done);
        int found = 0;
        try {
            for (int i = 0; i < 200 || found == 0; i++) {
                try (AttachmentFolder folder = new AttachmentFolder(root, false, Duration.ofMillis(500))) {
                    String content = content(folder, "f.txt");
                    assertThat(content).isIn("f", null);
                    found += content == null ? 0 : 1;
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("it took longer than");
                }
            }
        } finally {
            done.set(true);
            exchanging.join();
            // Who was caught goes free: a pipe that is opened for both is open for all who wait.
            FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        }
    }

    @Test
    void opensByNameWhereThereIsNoBetterWay() throws Exception {
        Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("x.txt"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createLink(root.resolve("hard.txt"), outside.resolve("x.txt"));
        pipe(root.resolve("pipe"));

        try (NamedFolder folder = new NamedFolder(root, false)) {
            assertThat(content(folder, "x.txt")).isEqualTo("x");
            assertThat(content(folder, "sub", "y.txt")).isEqualTo("y");
            for (String name : new String[] {"link.txt", "hard.txt", "pipe", "sub", "gone"}) {
                assertThat(content(folder, name)).as(name).isNull();
            }
            assertThat(content(folder, "folder", "x.txt")).isNull();
        }
        try (NamedFolder folder = new NamedFolder(root, true)) {
            assertThat(content(folder, "hard.txt")).isEqualTo(SECRET);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void exchange(Step step, String path, String content) throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> exchanging = exchanging(step, done);
        int found = 0;
        try (AttachmentFolder folder = new AttachmentFolder(root, false, LONG)) {
            for (int i = 0; i < OPENINGS; i++) {
                String read = null;
                try {
                    read = content(folder, path);
                } catch (IOException e) {
                    // Exchanged at each of its tries: the run is tried again.
                    continue;
                }
                assertThat(read).isIn(content, null);
                found += read == null ? 0 : 1;
            }
            done.set(true);
            exchanging.join();
            assertThat(content(folder, path)).isEqualTo(content);
        } finally {
            done.set(true);
        }
        assertThat(found).isPositive();
    }

    private static CompletableFuture<Void> exchanging(Step step, AtomicBoolean done) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (!done.get()) {
                            step.run();
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> new Thread(work).start());
    }

    private static void pipe(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    private static @Nullable String content(Path root, String path) throws IOException {
        try (AttachmentFolder folder = new AttachmentFolder(root, false, LONG)) {
            return content(folder, path);
        }
    }

    private static @Nullable String content(AttachmentFolder folder, String path) throws IOException {
        try (FileChannel file = folder.open(path)) {
            return text(file);
        }
    }

    private static @Nullable String content(NamedFolder folder, String... names) throws IOException {
        try (FileChannel file = folder.open(Stream.of(names).map(Path::of).toList())) {
            return text(file);
        }
    }

    private static @Nullable String text(@Nullable FileChannel file) throws IOException {
        if (file == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(100);
        file.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
