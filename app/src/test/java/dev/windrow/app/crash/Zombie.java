package dev.windrow.app.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A worker that was stopped in the middle of an export, which another one has taken over since. */
record Zombie(String id, WindrowProcess process) {
    /** Lost workers' exports go on elsewhere within 15 s; a busy machine gets more. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    static Zombie make(CrashKit kit, List<WindrowProcess> workers) throws IOException, InterruptedException {
        String id = kit.client().start();
        Awaitility.await("a checkpoint")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> kit.row(id).checkpointRows() > 0);
        StatusRow held = kit.row(id);
        WindrowProcess holder = workers.stream()
                .filter(worker -> held.owner().contains("-" + worker.process().pid() + "-"))
                .findFirst()
                .orElseThrow();
        holder.signal("STOP");
        Awaitility.await("another worker takes over")
                .atMost(TAKEN_OVER)
                .until(() -> kit.row(id).claim() > held.claim());
        return new Zombie(id, holder);
    }

    void wake() throws IOException, InterruptedException {
        process.signal("CONT");
    }
}
