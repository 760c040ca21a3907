package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/** One export in a process that strace kills or fails at a chosen system call, and its recovery in an undisturbed process. */
final class SystemCalls {
    private SystemCalls() {}

    /**
     * How it went.
     *
     * @param struck whether the call was reached
     */
    record Outcome(boolean struck, JsonNode end) {}

    /** strace may be missing on a developer's machine, and must not be in CI. */
    static void requireStrace() throws IOException, InterruptedException {
        boolean there = new ProcessBuilder("sh", "-c", "strace -qq --seccomp-bpf -f -o /dev/null true")
                        .start()
                        .waitFor()
                == 0;
        if (there) {
            return;
        }
        String loud = "NOT TESTED: kills and errors at system calls. Install strace (on Debian: apt install strace).";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(loud);
        }
        System.err.println("\n******** " + loud + "\n");
        throw new TestAbortedException(loud);
    }

    /**
     * @param injection strace's own words: calls, what happens, and to which of a thread's calls, such as
     *     {@code rename:signal=SIGKILL:when=1}
     */
    static Outcome run(CrashKit kit, String injection) throws IOException {
        WindrowProcess traced = kit.traced(injection);
        kit.awaitApiOrEnd(traced);
        String id = traced.isAlive() ? startOrDie(kit) : "";
        if (!id.isEmpty()) {
            Awaitility.await("the end of the export or of the process")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !traced.isAlive() || ended(kit, id));
        }
        boolean died = !traced.isAlive();
        boolean struck = died || traceOf(kit).contains("INJECTED");
        traced.kill();

        kit.serve();
        String recovered = id.isEmpty() ? kit.client().start() : id;
        JsonNode end = kit.client().awaitEnd(recovered, 90);
        assertThat(end.path("state").asString()).as(injection).isEqualTo("completed");
        String data = kit.client().dataOf(recovered);
        String calm = kit.client().start();
        kit.client().awaitEnd(calm, 60);
        assertThat(data).as(injection).isEqualTo(kit.client().dataOf(calm));
        Awaitility.await("no stray file after " + injection)
                .atMost(Duration.ofSeconds(60))
                .until(() -> isTidy(kit));
        for (String database : new String[] {"windrow.db", "queue.db"}) {
            assertThat(StatusRow.integrity(kit.home().resolve(database))).isEqualTo("ok");
        }
        return new Outcome(struck, end);
    }

    /** No file but the archives of completed exports: one of them may be one whose start was never answered. */
    private static boolean isTidy(CrashKit kit) {
        return kit.files("work").isEmpty()
                && kit.files("artifacts").size()
                        == kit.client().states().stream()
                                .filter("completed"::equals)
                                .count()
                && !kit.client().states().contains("running");
    }

    /** Its id; empty when there was no answer, or a refusal: then nothing was promised. */
    private static String startOrDie(CrashKit kit) {
        try {
            return kit.client().start();
        } catch (UncheckedIOException | AssertionError e) {
            return "";
        }
    }

    private static boolean ended(CrashKit kit, String id) {
        return kit.client()
                .look(id)
                .filter(status -> !status.path("finishedAt").isNull())
                .isPresent();
    }

    private static String traceOf(CrashKit kit) throws IOException {
        return Files.readString(kit.home().resolveSibling("trace"));
    }
}
