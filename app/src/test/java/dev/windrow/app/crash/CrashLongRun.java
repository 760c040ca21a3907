package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The long proof, behind the profile {@code crash-long}, with {@link CrashSweep}: nothing here stops at the first
 * fault, and the figures are printed at the end. Its size is set by properties: {@code crash.exports} (60) with
 * {@code crash.kills} (5) each, {@code crash.zombies} (20), {@code crash.storm} (PT10M), {@code crash.restarts} (5),
 * {@code crash.cuts} (60).
 */
class CrashLongRun {
    private static final int LANES = 2;
    /** A checkpoint after each batch. */
    private static final String EACH_BATCH = "--windrow.worker.checkpoint-interval=PT0S";

    private static final Pattern FIGURE =
            Pattern.compile("^([a-z][a-z ]+[a-z]) {2,}([\\d,]+)(?: on average, ([\\d,]+) at most)?$");
    private static final LongRunFigures FIGURES = new LongRunFigures();

    @AfterAll
    static void print() {
        System.out.println(FIGURES.table());
    }

    @Test
    void killsAtRandomMoments() throws Exception {
        int exports = Integer.getInteger("crash.exports", 60);
        int kills = Integer.getInteger("crash.kills", 5);
        List<Callable<Void>> runs = new ArrayList<>();
        for (int i = 0; i < exports; i++) {
            long seed = i;
            runs.add(() -> {
                killed(kills, seed);
                return null;
            });
        }
        inLanes(runs);
        assertThat(FIGURES.faults()).isEmpty();
    }

    private static void killed(int kills, long seed) throws Exception {
        try (CrashKit kit = new CrashKit(new Sample(20_000, 100)).open()) {
            WindrowProcess command = kit.run(
                    "verify-crash",
                    "--kills",
                    Integer.toString(kills),
                    "--rows",
                    "150000",
                    "--seed",
                    Long.toString(seed),
                    "--home",
                    kit.home().toString());
            if (command.awaitExit(1_200) != 0) {
                FIGURES.fault("verify-crash --seed " + seed + ":\n" + command.lastWords());
            }
            command.words()
                    .lines()
                    .map(FIGURE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> {
                        String name = "random kills: " + line.group(1);
                        if (line.group(3) == null) {
                            FIGURES.add(name, number(line.group(2)));
                        } else {
                            FIGURES.most(name + ", at most", number(line.group(3)));
                        }
                    });
        }
    }

    @Test
    void zombies() throws Exception {
        int rounds = Integer.getInteger("crash.zombies", 20);
        Strace.require();
        try (CrashKit kit = new CrashKit(new Sample(12_000, 0)).open()) {
            kit.migrate();
            kit.api();
            List<WindrowProcess> workers = List.of(kit.worker("one", EACH_BATCH), kit.worker("two", EACH_BATCH));
            for (int i = 0; i < rounds; i++) {
                pausedAndWoken(kit, zombie(kit, workers, i));
            }
            Awaitility.await("no stray file")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> kit.files("work").isEmpty()
                            && kit.files("artifacts").size() == 2 * StatusRow.count(kit.home(), "completed"));
        }
        assertThat(FIGURES.faults()).isEmpty();
    }

    /**
     * A quarter has just moved its archive, a quarter has made that last; the others are in the middle of their rows.
     */
    private static Zombie zombie(CrashKit kit, List<WindrowProcess> workers, int round) throws Exception {
        int batch = 2 + round / 4 % 8;
        return switch (round % 4) {
            case 0 -> Zombie.make(kit, workers, "rename,renameat,renameat2", 1, Injection::filesOf);
            case 1 -> Zombie.make(kit, workers, "fsync,fdatasync", batch, StruckWorkers::partOf);
            case 2 -> Zombie.make(kit, workers, "write", batch, StruckWorkers::partOf);
            default -> Zombie.make(kit, workers, "fsync,fdatasync", 1, StruckWorkers::artifacts);
        };
    }

    private static void pausedAndWoken(CrashKit kit, Zombie zombie) throws Exception {
        FIGURES.most(
                "zombies: longest until another worker went on, in ms",
                zombie.takenOver().toMillis());
        JsonNode end = kit.client().awaitEnd(zombie.id(), 120);
        long told = notices(zombie);
        zombie.wake();
        Awaitility.await("the zombie notices").atMost(Duration.ofSeconds(30)).until(() -> notices(zombie) > told);
        boolean same = kit.client().status(zombie.id()).equals(end)
                && end.path("state").asString().equals("completed");
        FIGURES.add("zombies: paused and woken", 1);
        FIGURES.add("zombies: exports that they changed", same ? 0 : 1);
        if (!same) {
            FIGURES.fault("a zombie changed " + zombie.id());
        }
        kit.client().dataOf(zombie.id());
    }

    private static long notices(Zombie zombie) {
        return zombie.process()
                .words()
                .lines()
                .filter(line -> line.contains("stopped: "))
                .count();
    }

    @Test
    void lockStorm() throws Exception {
        long until = System.nanoTime()
                + Duration.parse(System.getProperty("crash.storm", "PT10M")).toNanos();
        Random random = new Random(5);
        try (CrashKit kit = new CrashKit(new Sample(20_000, 100)).open()) {
            kit.serve();
            List<String> started = new ArrayList<>();
            while (System.nanoTime() < until) {
                started.add(kit.client().start());
                boolean table = random.nextBoolean();
                Duration held = Duration.ofMillis(100 + random.nextInt(20_000));
                try (ForeignLock lock = ForeignLock.on(kit.home().resolve(table ? "windrow.db" : "queue.db"))) {
                    if (!table) {
                        long asked = System.nanoTime();
                        started.add(kit.client().start());
                        FIGURES.most("lock storm: slowest start in ms", (System.nanoTime() - asked) / 1_000_000);
                    }
                    polled(kit, started, held);
                }
                FIGURES.add("lock storm: locks of 0.1 to 20 s", 1);
            }
            for (String id : started) {
                JsonNode end = kit.client().awaitEnd(id, 120);
                boolean well = end.path("state").asString().equals("completed");
                FIGURES.add("lock storm: exports started", 1);
                FIGURES.add("lock storm: exports completed", well ? 1 : 0);
                if (!well) {
                    FIGURES.fault("lock storm: " + id + " is " + end.path("state"));
                }
            }
        }
        assertThat(FIGURES.faults()).isEmpty();
    }

    private static void polled(CrashKit kit, List<String> started, Duration held) {
        String id = started.get(started.size() - 1);
        Awaitility.await("polls during a lock")
                .during(held)
                .atMost(held.plusSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    long asked = System.nanoTime();
                    boolean answered = !kit.client().state(id).isEmpty();
                    FIGURES.most("lock storm: slowest poll in ms", (System.nanoTime() - asked) / 1_000_000);
                    return answered;
                });
    }

    /** With an export that runs for longer than JobRunr waits for before it interrupts, and one that waits. */
    @Test
    void jobRunrSwitchesItselfOff() throws Exception {
        try (CrashKit kit = new CrashKit(new Sample(20_000, 500)).open()) {
            WindrowProcess server = kit.serve(EACH_BATCH);
            String data = "";
            for (int i = 0; i < Integer.getInteger("crash.restarts", 5); i++) {
                String running = kit.client().start();
                Awaitility.await("an export runs")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> kit.client().rows(running) > 0);
                rename(kit, "jobrunr_backgroundjobservers", "gone");
                Awaitility.await("readiness is red")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> !kit.client().isReady());
                String waiting = kit.client().start();
                rename(kit, "gone", "jobrunr_backgroundjobservers");
                long back = System.nanoTime();
                Awaitility.await("readiness is green")
                        .atMost(Duration.ofMinutes(2))
                        .until(kit.client()::isReady);
                FIGURES.add("JobRunr: switched itself off and came back", 1);
                FIGURES.most("JobRunr: longest until it was back, in ms", (System.nanoTime() - back) / 1_000_000);
                for (String id : List.of(running, waiting)) {
                    JsonNode end = kit.client().awaitEnd(id, 300);
                    if (!end.path("state").asString().equals("completed")
                            || end.path("attempt").asInt() != 1) {
                        FIGURES.fault("JobRunr: export " + id + ": " + end);
                        continue;
                    }
                    String found = kit.client().dataOf(id);
                    data = data.isEmpty() ? found : data;
                    FIGURES.add("JobRunr: exports identical", found.equals(data) ? 1 : 0);
                    FIGURES.add(
                            "JobRunr: exports that went on elsewhere",
                            end.path("progress").path("resumedFromRow").isNull() ? 0 : 1);
                }
            }
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(FIGURES.faults()).isEmpty();
    }

    /** Every twentieth when its file can be downloaded, the others within the first seconds. */
    @Test
    void powerCuts() throws Exception {
        Random random = new Random(7);
        try (CrashKit kit = new CrashKit(new Sample(20_000, 500)).open();
                PowerCuts cuts = PowerCuts.on(kit)) {
            for (int i = 0; i < Integer.getInteger("crash.cuts", 60); i++) {
                long until = i % 20 == 19 ? Long.MAX_VALUE : System.nanoTime() + random.nextLong(2_500_000_000L);
                PowerCuts.Outcome outcome = cuts.cut(id ->
                        System.nanoTime() > until || kit.client().state(id).equals("completed"));
                FIGURES.add("power cuts", 1);
                FIGURES.add("power cuts: of completed exports", outcome.wasCompleted() ? 1 : 0);
                FIGURES.add("power cuts: after a checkpoint", outcome.keptRows() > 0 ? 1 : 0);
            }
        }
    }

    private static void rename(CrashKit kit, String table, String name) throws SQLException {
        try (Connection queue = StatusRow.open(kit.home().resolve("queue.db"));
                Statement statement = queue.createStatement()) {
            statement.execute("alter table " + table + " rename to " + name);
        }
    }

    private static long number(String grouped) {
        return Long.parseLong(grouped.replace(",", ""));
    }

    private static void inLanes(List<Callable<Void>> runs) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            for (Future<Void> run : lanes.invokeAll(runs)) {
                run.get();
            }
        } finally {
            lanes.shutdownNow();
        }
    }
}
