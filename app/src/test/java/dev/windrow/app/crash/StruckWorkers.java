package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A home whose API lives on while its workers are struck at their system calls, one after the other. Each worker first
 * recovers the one before it; what that must come to is checked then.
 */
final class StruckWorkers {
    private static final Duration TIDY = Duration.ofSeconds(60);
    /** A checkpoint after each batch: as many calls as a small export can make. */
    private static final String[] SETTINGS = {
        "--windrow.worker.checkpoint-interval=PT0S", "--windrow.worker.concurrency=1"
    };

    private final CrashKit kit;
    private String data = "";
    private WindrowProcess worker;
    private @Nullable Victim victim;

    /** Of which files calls count. */
    @FunctionalInterface
    interface Files {
        List<Path> of(Path home, String id, long claim);
    }

    /**
     * An export whose worker was struck.
     *
     * @param kept rows that need not be read again
     */
    private record Victim(String id, long kept, Injection injection) {}

    private StruckWorkers(CrashKit kit, WindrowProcess worker) {
        this.kit = kit;
        this.worker = worker;
    }

    /** @param kit with nothing in its home yet */
    static StruckWorkers on(CrashKit kit) throws IOException, InterruptedException {
        kit.migrate();
        kit.api();
        return new StruckWorkers(kit, kit.worker("worker", SETTINGS));
    }

    /**
     * Runs an export to its end and returns what it did to its files, in order, a letter each: see {@link SyncOrder}.
     */
    String calm() throws Exception {
        Traced export = start(id -> Injection.none(SyncOrder.CALLS, Injection.filesOf(kit.home(), id, 1)));
        data = dataOfCompleted(export.id());
        export.tracing().end();
        return SyncOrder.of(export.tracing().lines());
    }

    private String dataOfCompleted(String id) {
        assertThat(kit.client().awaitEnd(id, 90).path("state").asString()).isEqualTo("completed");
        return kit.client().dataOf(id);
    }

    private record Traced(String id, Injection injection, Tracing tracing) {}

    /**
     * The worker is stopped meanwhile, so that the export's id, and by it the names of its files, are known before
     * anything is done.
     */
    private Traced start(Function<String, Injection> choice) throws Exception {
        settle();
        worker.pause(kit.home());
        String id = kit.client().start();
        Injection injection = choice.apply(id);
        Tracing tracing = kit.trace(worker, injection);
        worker.signal("CONT");
        return new Traced(id, injection, tracing);
    }

    /**
     * Cancels an export once its status is as told, which the injection sees to.
     *
     * @return how often its run has read its file
     */
    long cancel(String calls, String fault, int nth, Predicate<JsonNode> moment) throws Exception {
        Traced export = start(id -> new Injection(calls, fault, nth, partOf(kit.home(), id, 1)));
        Awaitility.await("the moment to cancel")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> moment.test(kit.client().status(export.id())));
        assertThat(kit.client().cancel(export.id())).isEqualTo(202);
        Awaitility.await("no file of a cancelled export").atMost(TIDY).until(this::isTidy);
        export.tracing().end();
        assertThat(kit.client().state(export.id())).isEqualTo("cancelled");
        return export.tracing().lines().stream()
                .filter(line -> line.contains(" read("))
                .count();
    }

    /** Has the worker struck in the middle of an export; false when the export made no such call. */
    boolean strike(String calls, String fault, int nth, Files files) throws Exception {
        Traced export = start(id -> new Injection(calls, fault, nth, files.of(kit.home(), id, 1)));
        boolean struck = await(worker, export.tracing(), export.id(), export.injection());
        export.tracing().end();
        return struck;
    }

    /** Has the worker killed at its third checkpoint, and then the one that takes over struck. */
    boolean strikeSuccessor(String calls, String fault, int nth, Files files) throws Exception {
        assertThat(strike("fsync,fdatasync", Injection.KILL, 3, (home, id, claim) -> partOf(home, id, claim)))
                .isTrue();
        String id = victim().id();
        Injection injection = new Injection(calls, fault, nth, files.of(kit.home(), id, 2));
        Tracing successor = kit.traced(injection, SETTINGS);
        boolean struck = await(successor.process(), successor, id, injection);
        successor.process().kill();
        return struck;
    }

    /** Has a worker killed that has nothing to do but to clear up; the next one has to end what it began. */
    boolean strikeSweep(String calls, int nth, Dirt.Kind kind) throws IOException, InterruptedException {
        settle();
        String id = kit.client().start();
        dataOfCompleted(id);
        worker.kill();
        Dirt dirt = kind.in(kit.home(), id);
        Tracing sweeping = kit.traced(new Injection(calls, Injection.KILL, nth, dirt.files()), SETTINGS);
        Awaitility.await("the end of the sweep or of the process")
                .atMost(Duration.ofMinutes(2))
                .until(() -> !sweeping.process().isAlive() || dirt.isGone(kit.home()));
        boolean died = !sweeping.process().isAlive();
        sweeping.process().kill();
        settle();
        // One that was killed on its way to the quarantine counts as young for another minute.
        Awaitility.await("all is cleared up")
                .atMost(TIDY.multipliedBy(3))
                .until(() -> dirt.isGone(kit.home()) && isTidy());
        return died;
    }

    static List<Path> partOf(Path home, String id, long claim) {
        return List.of(home.resolve("work").resolve(id + "." + claim + ".part"));
    }

    static List<Path> artifacts(Path home, String id, long claim) {
        return List.of(home.resolve("artifacts"));
    }

    private boolean await(WindrowProcess process, Tracing tracing, String id, Injection injection) throws IOException {
        Awaitility.await(injection + ": the end of the export or of the process")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || isEnded(id));
        boolean died = !process.isAlive();
        StatusRow row = kit.row(id);
        victim = new Victim(id, row.state().equals("running") ? row.checkpointRows() : 0, injection);
        return died || tracing.isInjected();
    }

    private boolean isEnded(String id) {
        return !kit.client().status(id).path("finishedAt").isNull();
    }

    private Victim victim() {
        if (victim == null) {
            throw new IllegalStateException("nobody was struck");
        }
        return victim;
    }

    /** Lets a worker make good for the last one that was struck, and checks that it does. */
    void settle() throws IOException {
        if (!worker.isAlive()) {
            worker = kit.worker("worker", SETTINGS);
        }
        if (victim == null) {
            return;
        }
        Victim struck = victim;
        victim = null;
        JsonNode end = kit.client().awaitEnd(struck.id(), 90);
        String what = struck.toString();
        assertThat(end.path("state").asString()).as(what).isEqualTo("completed");
        String found = kit.client().dataOf(struck.id());
        data = data.isEmpty() ? found : data;
        assertThat(found).as(what).isEqualTo(data);
        if (struck.kept() > 0) {
            assertThat(end.path("progress").path("resumedFromRow").asLong())
                    .as(what)
                    .isGreaterThanOrEqualTo(struck.kept());
        }
        Awaitility.await("no stray file after " + what).atMost(TIDY).until(this::isTidy);
        for (String database : new String[] {"windrow.db", "queue.db"}) {
            assertThat(StatusRow.integrity(kit.home().resolve(database)))
                    .as(what)
                    .isEqualTo("ok");
        }
    }

    /** No file but the archives of completed exports and their lists. */
    private boolean isTidy() {
        return kit.files("work").isEmpty()
                && kit.files("artifacts").size() == 2 * StatusRow.count(kit.home(), "completed");
    }
}
