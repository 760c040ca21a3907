package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A home on a disk of its own, and a server that exports while that disk's power is cut; what was told before must hold
 * after it.
 */
final class PowerCuts implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CrashKit kit;
    private final CutDisk disk;
    private WindrowProcess server;
    private String data = "";

    /**
     * What a cut came to.
     *
     * @param keptRows that needed not be read again
     */
    record Outcome(boolean wasCompleted, long keptRows) {}

    private PowerCuts(CrashKit kit, CutDisk disk, WindrowProcess server) {
        this.kit = kit;
        this.disk = disk;
        this.server = server;
    }

    /** @param kit with nothing in its home yet */
    static PowerCuts on(CrashKit kit) throws IOException, InterruptedException {
        CutDisk disk = CutDisk.on(kit.home());
        try {
            return new PowerCuts(kit, disk, kit.serve());
        } catch (IOException | RuntimeException | Error e) {
            disk.close();
            throw e;
        }
    }

    /** Starts an export, cuts the power at some moment of it, and checks what is there when it is back. */
    Outcome cut(Predicate<String> moment) throws IOException, InterruptedException {
        String id = kit.client().start();
        Awaitility.await("the moment of the cut")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> moment.test(id));
        JsonNode told = kit.client().status(id);
        StatusRow row = kit.row(id);
        disk.cut();
        server.kill();
        disk.mountAgain();
        StatusRow kept = rowOfACopy(id);
        server = kit.serve();

        JsonNode end = kit.client().awaitEnd(id, 90);
        assertThat(end.path("state").asString()).isEqualTo("completed");
        String found = kit.client().dataOf(id);
        data = data.isEmpty() ? found : data;
        assertThat(found).isEqualTo(data);
        boolean wasCompleted = told.path("state").asString().equals("completed");
        if (wasCompleted) {
            assertThat(end.path("file")).isEqualTo(told.path("file"));
        } else if (kept.state().equals("running")) {
            assertThat(kept.checkpointRows()).isGreaterThanOrEqualTo(row.checkpointRows());
            assertThat(end.path("progress").path("resumedFromRow").asLong())
                    .isGreaterThanOrEqualTo(kept.checkpointRows());
        }
        Awaitility.await("no stray file")
                .atMost(PATIENCE)
                .until(() -> kit.files("work").isEmpty()
                        && kit.files("artifacts").size() == 2 * StatusRow.count(kit.home(), "completed"));
        for (String database : new String[] {"windrow.db", "queue.db"}) {
            assertThat(StatusRow.integrity(kit.home().resolve(database))).isEqualTo("ok");
        }
        return new Outcome(wasCompleted, kept.checkpointRows());
    }

    /** Of a copy, so that it is the server that finds the WAL as the cut has left it. */
    private StatusRow rowOfACopy(String id) throws IOException {
        Path copy = Files.createTempDirectory(kit.home().getParent(), "copy");
        for (String file : new String[] {"windrow.db", "windrow.db-wal"}) {
            if (Files.exists(kit.home().resolve(file))) {
                Files.copy(kit.home().resolve(file), copy.resolve(file));
            }
        }
        return StatusRow.of(copy, id);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.kill();
        kit.history().check();
        disk.close();
    }
}
