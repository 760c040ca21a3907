package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A part of the long proof: a small export is killed, or meets an error, at its first call of a kind, then one at its
 * second, and so on, until one makes no more of them. {@code crash.sweep.first} (1), {@code crash.sweep.step} (1) and
 * {@code crash.sweep.last} (1000) make it shorter, {@code crash.sweep.only} takes only those whose name has that in it.
 */
class CrashSweep {
    private static final String SYNC = "fsync,fdatasync";
    private static final String RENAME = "rename,renameat,renameat2";
    private static final String UNLINK = "unlink,unlinkat";
    private static final String COPY = "sendfile,copy_file_range";
    private static final String IO = "error=EIO";
    private static final String FULL = "error=ENOSPC";

    static final List<Arguments> RUNS = List.of(
            Arguments.of(RENAME, Injection.KILL),
            Arguments.of(SYNC, Injection.KILL),
            Arguments.of("write", Injection.KILL),
            Arguments.of("pwrite64", Injection.KILL),
            Arguments.of("openat", Injection.KILL),
            Arguments.of(RENAME, IO),
            Arguments.of(RENAME, FULL),
            Arguments.of(SYNC, IO),
            Arguments.of("write", IO),
            Arguments.of("write", FULL),
            Arguments.of("pwrite64", IO),
            Arguments.of("pwrite64", FULL),
            Arguments.of("openat", FULL));

    /** What only a run that goes on from another's checkpoint does, and what it does otherwise. */
    static final List<Arguments> SUCCESSORS = List.of(
            Arguments.of(UNLINK, Injection.KILL),
            Arguments.of("ftruncate", Injection.KILL),
            Arguments.of(COPY, Injection.KILL),
            Arguments.of(RENAME, Injection.KILL),
            Arguments.of(SYNC, Injection.KILL),
            Arguments.of(UNLINK, IO),
            Arguments.of("ftruncate", IO),
            Arguments.of(COPY, FULL),
            Arguments.of(SYNC, IO));

    private static final LongRunFigures FIGURES = new LongRunFigures();

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @AfterAll
    static void print() {
        System.out.println(FIGURES.table());
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void runs(String calls, String fault) throws Exception {
        sweep("run", calls, fault, (workers, nth) -> workers.strike(calls, fault, nth, Injection::filesOf));
    }

    /** JobRunr's own writes, between which a ring is handed over. */
    @ParameterizedTest
    @FieldSource("RINGS")
    void rings(String calls, String fault) throws Exception {
        sweep("ring", calls, fault, (workers, nth) -> workers.strike(calls, fault, nth, CrashSweep::queue));
    }

    static final List<Arguments> RINGS = List.of(
            Arguments.of("pwrite64", Injection.KILL), Arguments.of("pwrite64", IO), Arguments.of("pwrite64", FULL));

    @ParameterizedTest
    @FieldSource("SUCCESSORS")
    void successors(String calls, String fault) throws Exception {
        sweep(
                "successor",
                calls,
                fault,
                (workers, nth) -> workers.strikeSuccessor(calls, fault, nth, CrashSweep::inherited));
    }

    static final List<Arguments> SWEEPS = List.of(
            Arguments.of(UNLINK, true),
            Arguments.of(RENAME, true),
            Arguments.of("utimensat", true),
            Arguments.of(SYNC, true),
            Arguments.of(UNLINK, false),
            Arguments.of(SYNC, false),
            Arguments.of("pwrite64", false));

    /** A worker that does nothing but clear up is killed at it. */
    @ParameterizedTest
    @FieldSource("SWEEPS")
    void sweeps(String calls, boolean strangers) throws Exception {
        String what = strangers ? "sweep of what nobody needs" : "sweep of what has expired";
        sweep(
                what,
                calls,
                Injection.KILL,
                (workers, nth) -> workers.strikeSweep(calls, nth, strangers ? Dirt::strangers : Dirt::expired));
    }

    static final List<Arguments> MIGRATIONS =
            List.of(Arguments.of(SYNC), Arguments.of(UNLINK), Arguments.of("ftruncate"), Arguments.of("pwrite64"));

    @ParameterizedTest
    @FieldSource("MIGRATIONS")
    void migrations(String calls) throws Exception {
        String name = "migration, " + Injection.KILL + " at each " + calls;
        if (!name.contains(System.getProperty("crash.sweep.only", ""))) {
            return;
        }
        List<List<String>> schemas = List.of();
        boolean struck = true;
        int last = Integer.getInteger("crash.sweep.last", 1_000);
        // The first is undisturbed.
        for (int nth = 0; nth <= last && struck; nth += Integer.getInteger("crash.sweep.step", 1)) {
            try (CrashKit kit = new CrashKit(new Sample(12_000, 0)).open()) {
                struck = nth == 0 || migrate(kit, calls, nth);
                kit.migrate();
                List<List<String>> found = Stream.of("windrow.db", "queue.db")
                        .map(database -> StatusRow.schema(kit.home().resolve(database)))
                        .toList();
                schemas = nth == 0 ? found : schemas;
                if (!found.equals(schemas)) {
                    FIGURES.fault(name + ", " + nth + ": " + found);
                }
                FIGURES.add(name, nth > 0 && struck ? 1 : 0);
            }
        }
        assertThat(FIGURES.faults()).isEmpty();
    }

    private static boolean migrate(CrashKit kit, String calls, int nth) throws Exception {
        Path home = kit.home();
        List<Path> files = Stream.of("", "-wal", "-journal", "-shm")
                .flatMap(part -> Stream.of(home.resolve("windrow.db" + part), home.resolve("queue.db" + part)))
                .toList();
        return kit.tracedMigrate(new Injection(calls, Injection.KILL, nth, files))
                        .process()
                        .awaitExit(120)
                != 0;
    }

    private static List<Path> queue(Path home, String id, long claim) {
        return List.of(home.resolve("queue.db"), home.resolve("queue.db-wal"));
    }

    private static List<Path> inherited(Path home, String id, long claim) {
        return Stream.concat(
                        Injection.filesOf(home, id, claim).stream(), StruckWorkers.partOf(home, id, claim - 1).stream())
                .toList();
    }

    @FunctionalInterface
    private interface Strike {
        /** False when there was no such call. */
        boolean at(StruckWorkers workers, int nth) throws Exception;
    }

    private static void sweep(String who, String calls, String fault, Strike strike) throws Exception {
        String name = who + ", " + fault + " at each " + calls;
        if (!name.contains(System.getProperty("crash.sweep.only", ""))) {
            return;
        }
        int nth = Integer.getInteger("crash.sweep.first", 1);
        int last = Integer.getInteger("crash.sweep.last", 1_000);
        while (nth <= last) {
            CrashKit kit = new CrashKit(new Sample(12_000, 0));
            try (kit) {
                StruckWorkers workers = StruckWorkers.on(kit.open());
                for (; nth <= last; nth += Integer.getInteger("crash.sweep.step", 1)) {
                    if (!strike.at(workers, nth)) {
                        workers.settle();
                        return;
                    }
                    FIGURES.add(name, 1);
                }
                workers.settle();
            } catch (RuntimeException | AssertionError e) {
                // The next one begins in a new home.
                FIGURES.fault(name + ", " + nth + ": " + e.getMessage());
                kit.complain();
                nth++;
            }
        }
        assertThat(FIGURES.faults()).isEmpty();
    }
}
