package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A home is its owner's alone while the real process runs on it, whatever its umask, and whatever the folder was
 * before.
 */
@Tag("slow")
final class HomeSecrecyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aNewHomeIsPrivateUnderAnyUmask() throws IOException {
        for (String umask : List.of("000", "022")) {
            Path home = folder.resolve("home-" + umask);
            try (ServingProcess windrow = serve(umask, home)) {
                exportAndLook(windrow, home);
                assertThat(windrow.log()).doesNotContain("windrow.home: other users");
            }
            assertPrivate(home);
        }
    }

    @Test
    void aHomeThatWasOpenIsClosedAndThatIsTold() throws IOException {
        Path home = folder.resolve("home");
        try (ServingProcess windrow = serve("000", home)) {
            exportAndLook(windrow, home);
        }
        open(home);
        try (ServingProcess windrow = serve("000", home)) {
            exportAndLook(windrow, home);
            assertThat(windrow.log())
                    .contains("windrow.home: other users could look into " + home + " (rwxrwxrwx), " + home)
                    .containsOnlyOnce(home.resolve("links.secret") + ", which signs download links, could be read by"
                            + " other users, who may have made links with it: to end all links, stop Windrow, remove the"
                            + " file, and start again");
        }
        try (ServingProcess windrow = serve("000", home)) {
            assertThat(windrow.log()).doesNotContain("other users");
        }
    }

    @Test
    void theDemosHomeIsPrivateToo() throws IOException {
        Path home = folder.resolve("home");
        List<String> demo =
                ProcessRun.jar("demo", "--once", "--rows", "2000", "--port", "0", "--home", home.toString());
        ProcessRun run = ProcessRun.of(
                folder,
                Stream.concat(Stream.of("sh", "-c", "umask 000 && exec \"$@\"", "sh"), demo.stream())
                        .toList());
        assertThat(run.exit()).as(run.all()).isZero();
        assertPrivate(home);
    }

    private ServingProcess serve(String umask, Path home) throws IOException {
        return ServingProcess.startUnderUmask(
                folder,
                umask,
                "--windrow.home=" + home,
                "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
    }

    private static void exportAndLook(ServingProcess windrow, Path home) throws IOException {
        JsonNode export = windrow.client.complete("{\"dataset\":\"sensors\"}");
        assertThat(windrow.client
                        .get(export.at("/links/self").asString() + "/file")
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> Folders.files(home).stream().anyMatch(file -> file.endsWith(".alive")));
        await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("ballast")));
        assertThat(Folders.files(home)).contains("windrow.db-wal", "windrow.db-shm", "queue.db-wal", "links.secret");
        assertPrivate(home);
    }

    private static void assertPrivate(Path home) throws IOException {
        TreeMap<String, String> open = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                String permissions = Folders.permissions(path);
                if (!permissions.equals(Files.isDirectory(path) ? "rwx------" : "rw-------")) {
                    open.put(path.toString(), permissions);
                }
            }
        }
        assertThat(open).isEmpty();
    }

    private static void open(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-"));
            }
        }
    }
}
