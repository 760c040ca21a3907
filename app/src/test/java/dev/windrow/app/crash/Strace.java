package dev.windrow.app.crash;

import dev.windrow.testkit.Machine;
import java.io.IOException;

/** strace may be missing on a developer's machine, and must not be in CI. */
final class Strace {
    private Strace() {}

    static void require() throws IOException, InterruptedException {
        boolean there = new ProcessBuilder("sh", "-c", "strace -qq -f -o /dev/null true")
                        .start()
                        .waitFor()
                == 0;
        Machine.require(there, "kills and errors at system calls. Install strace (on Debian: apt install strace).");
    }
}
