package dev.windrow.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.windrow.app.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Windrow, or a tracer with one below it, and its log. */
record WindrowProcess(String name, Process process, Path log, History history) {
    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL for it and for all below it; a tracer goes last, so that it lets nobody go. */
    void kill() {
        for (ProcessHandle below : process.descendants().toList()) {
            below.destroyForcibly();
        }
        if (process.descendants().findAny().isEmpty()) {
            process.destroyForcibly();
        }
        process.onExit().join();
        history.killed(name);
    }

    /** SIGTERM, and the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end within a minute of SIGTERM");
        }
        return process.exitValue();
    }

    int awaitExit(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end");
        }
        return process.exitValue();
    }

    /**
     * Stops it where it holds no lock on a database of a home: one that it took with it would keep everybody from
     * writing.
     */
    void pause(Path home) throws Exception {
        try (ForeignLock status = ForeignLock.on(home.resolve("windrow.db"));
                ForeignLock queue = ForeignLock.on(home.resolve("queue.db"))) {
            signal("STOP");
            Awaitility.await(name + " stands still")
                    .pollInterval(Duration.ofMillis(2))
                    .until(this::isStill);
        }
    }

    /** By {@code proc_pid_stat(5)}, where the state, of a traced one in small, comes after the name in brackets. */
    private boolean isStill() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (!stat.substring(stat.lastIndexOf(')'))
                        .toUpperCase(Locale.ROOT)
                        .startsWith(") T")) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** @param signal such as STOP */
    void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill -" + signal + " " + process.pid() + " ended with " + exit);
        }
    }

    String words() {
        try {
            return Files.exists(log) ? Files.readString(log, UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of its log, for the report of a failed test. */
    String lastWords() {
        List<String> lines = words().lines().toList();
        Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - 60));
        return "--- " + name + " (" + (isAlive() ? "alive" : "ended with " + process.exitValue()) + ")\n"
                + String.join("\n", last.toList());
    }
}
