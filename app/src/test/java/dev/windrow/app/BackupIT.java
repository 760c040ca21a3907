package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.home.Home;
import dev.windrow.app.home.HomeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code windrow backup} beside a server that works and is killed, and {@code windrow restore} into a new home. */
@Tag("slow")
final class BackupIT {
    @TempDir
    Path folder;

    private ProcessRun windrow(String command, Path backup, String home) {
        return ProcessRun.windrow(folder, command, backup.toString(), "--windrow.home=" + folder.resolve(home));
    }

    private ServingProcess serve(String home, Path catalog) throws IOException {
        return ServingProcess.start(
                folder, "all", "--windrow.catalog=" + catalog, "--windrow.home=" + folder.resolve(home));
    }

    @Test
    void isRestoredIntoANewHomeAfterAKill() throws IOException {
        // So slow that it is still running when the backup is made, however long that takes.
        Path catalog = Samples.paced(folder, 3000, 1_000_000);
        Path backup = folder.resolve("backup");
        List<JsonNode> done = new ArrayList<>();
        String running;
        ServingProcess killed = serve("home", catalog);
        try {
            for (int i = 0; i < 3; i++) {
                done.add(killed.client.complete("{\"dataset\":\"big\"}"));
            }
            running = killed.client.start("{\"dataset\":\"slow\"}");
            var unused = killed.client.awaitState(running, "running");
            ProcessRun made = windrow("backup", backup, "home");
            assertThat(made.exit()).as(made.all()).isZero();
            assertThat(made.out()).contains("archives: 3");
        } finally {
            killed.kill();
        }
        assertIsPrivate(backup);
        Samples.hurry(folder);

        ProcessRun put = windrow("restore", backup, "restored");
        assertThat(put.exit()).as(put.all()).isZero();
        assertIsPrivate(folder.resolve("restored"));
        assertThat(folder.resolve("restored/webhooks.secret"))
                .hasSameBinaryContentAs(folder.resolve("home/webhooks.secret"));
        try (ServingProcess restored = serve("restored", catalog)) {
            for (JsonNode export : done) {
                assertThat(HomeInvariants.sha256(restored.client.archive(export)))
                        .isEqualTo(export.at("/file/sha256").asString());
            }
            var unused = restored.client.awaitState(running, "completed");
        }
    }

    private static void assertIsPrivate(Path home) throws IOException {
        assertThat(Files.getPosixFilePermissions(home)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        for (String file : List.of("windrow.db", "links.secret", "webhooks.secret")) {
            assertThat(Files.getPosixFilePermissions(home.resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Whatever is completed and deleted meanwhile. */
    @Test
    void namesNoArchiveThatItHasNot() throws Exception {
        try (RunningWindow windrow = RunningWindow.start(folder.resolve("busy"), Samples.small(folder, 5))) {
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> work = CompletableFuture.supplyAsync(() -> {
                int done = 0;
                for (; !over.get(); done++) {
                    JsonNode export = windrow.client.complete("{\"dataset\":\"big\"}");
                    if (done % 2 == 0) {
                        String self = export.at("/links/self").asString();
                        assertThat(windrow.client.send("DELETE", self, "").status())
                                .isEqualTo(204);
                    }
                }
                return done;
            });
            try {
                for (int i = 0; i < 10; i++) {
                    HomeCopy.Copied copied = HomeCopy.make(new Home(windrow.home), folder.resolve("copy" + i));
                    assertThat(copied.missing()).isEmpty();
                }
            } finally {
                over.set(true);
            }
            assertThat(work.get(60, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void saysWhyNotAndWhatToDo() throws IOException {
        Path none = folder.resolve("none");
        assertThat(windrow("backup", none, "nowhere").err())
                .contains("There is no status table in " + folder.resolve("nowhere"), "--windrow.home");
        assertThat(none).doesNotExist();
        Path half = Files.createDirectory(folder.resolve("half"));
        Files.createFile(half.resolve("windrow.db.unfinished"));
        ProcessRun refused = windrow("restore", half, "new");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("is no whole backup");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(ProcessRun.windrow(folder, "backup", "b", "--windrow.database.url=jdbc:postgresql://127.0.0.1:1/x")
                        .err())
                .contains("by their own means");
    }
}
