package dev.windrow.app.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A worker that was stopped in the middle of an export, which another one has taken over since.
 *
 * @param takenOver how long the other one took: nothing but the lapsed lease told it
 */
record Zombie(String id, WindrowProcess process, Duration takenOver) {
    /** Lost workers' exports go on elsewhere within 15 s; a busy machine gets more. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Stops whichever worker runs the export at its run's nth such call.
     *
     * @param calls such that a worker without an export makes few of them
     */
    static Zombie make(CrashKit kit, List<WindrowProcess> workers, String calls, int nth) throws Exception {
        while (true) {
            List<Tracing> tracings = new ArrayList<>();
            for (WindrowProcess worker : workers) {
                tracings.add(kit.trace(worker, new Injection(calls, "signal=SIGSTOP", nth, List.of())));
            }
            String id = kit.client().start();
            Awaitility.await("a worker is stopped")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> stopped(tracings) >= 0);
            long since = System.nanoTime();
            WindrowProcess holder = workers.get(stopped(tracings));
            for (Tracing tracing : tracings) {
                tracing.end();
            }
            if (ForeignLock.canBeHad(kit.home())) {
                long claim = kit.row(id).claim();
                Awaitility.await("another worker takes over")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> kit.row(id).claim() > claim);
                return new Zombie(id, holder, Duration.ofNanos(System.nanoTime() - since));
            }
            // Stopped while another of its threads writes to a SQLite file, it keeps everybody from writing: nobody can
            // take over before it goes on.
            holder.signal("CONT");
            kit.client().awaitEnd(id, 60);
        }
    }

    private static int stopped(List<Tracing> tracings) throws IOException {
        for (int i = 0; i < tracings.size(); i++) {
            if (tracings.get(i).isStopped()) {
                return i;
            }
        }
        return -1;
    }

    void wake() throws IOException, InterruptedException {
        process.signal("CONT");
    }
}
