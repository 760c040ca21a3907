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

    private static final int TRIES = 10;

    /**
     * Stops whichever worker runs an export at its run's nth such call.
     *
     * @param calls on files that are written without a lock on the table, or nobody can take over
     */
    static Zombie make(CrashKit kit, List<WindrowProcess> workers, String calls, int nth, StruckWorkers.Files files)
            throws Exception {
        for (int i = 0; i < TRIES; i++) {
            String id = startUnseen(kit, workers);
            List<Tracing> tracings = new ArrayList<>();
            for (WindrowProcess worker : workers) {
                tracings.add(
                        kit.trace(worker, new Injection(calls, "signal=SIGSTOP", nth, files.of(kit.home(), id, 1))));
            }
            for (WindrowProcess worker : workers) {
                worker.signal("CONT");
            }
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
                Awaitility.await("another worker takes over")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> kit.row(id).claim() > 1);
                return new Zombie(id, holder, Duration.ofNanos(System.nanoTime() - since));
            }
            // Stopped while another of its threads writes to a SQLite file, it keeps everybody from writing: nobody can
            // take over before it goes on.
            holder.signal("CONT");
            kit.client().awaitEnd(id, 60);
        }
        throw new AssertionError("each time the worker was stopped while it wrote to a database");
    }

    /**
     * Starts an export while the workers are stopped: its id, and by it the names of its files, are known before
     * anything is done.
     */
    private static String startUnseen(CrashKit kit, List<WindrowProcess> workers) throws Exception {
        for (WindrowProcess worker : workers) {
            worker.pause(kit.home());
        }
        return kit.client().start();
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
