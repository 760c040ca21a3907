package dev.windrow.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** strace at work on a process, and what it has written down. */
record Tracing(WindrowProcess process, Path trace) {
    /** Whether what was to happen has happened. */
    boolean isInjected() throws IOException {
        return lines().stream().anyMatch(line -> line.contains("INJECTED"));
    }

    /**
     * Whether the process was sent a stop since, and has stopped: unlike a kill, it comes when the call has been made.
     * That it stood still when it was attached to has no signal before it.
     */
    boolean isStopped() throws IOException {
        return lines().stream()
                .dropWhile(line -> !line.contains("--- SIGSTOP {"))
                .anyMatch(line -> line.contains("--- stopped by SIGSTOP ---"));
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(trace);
    }

    /** Lets the process go, if it still lives. */
    void end() throws InterruptedException {
        process.terminate();
    }
}
