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
 * A part of the long proof: a small export is killed, or meets an error, at its first call of a kind, then one at its second, and so on, until
 * one makes no more of them. {@code crash.sweep.first} (1), {@code crash.sweep.step} (1) and {@code crash.sweep.last} (1000) make it shorter,
 * {@code crash.sweep.only} takes only those whose name has that in it.
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
            CrashKit kit = new CrashKit(new Sample(500, 50));
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
