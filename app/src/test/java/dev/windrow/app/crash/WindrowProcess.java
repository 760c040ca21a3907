package dev.windrow.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.windrow.app.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
