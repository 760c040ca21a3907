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

    /** Whether the process has been stopped by a signal since: a stop, other than a kill, comes when the call has been made. */
    boolean isStopped() throws IOException {
        return lines().stream().anyMatch(line -> line.contains("--- stopped by SIGSTOP ---"));
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(trace);
    }

    /** Lets the process go, if it still lives. */
    void end() throws InterruptedException {
        process.terminate();
    }
}
