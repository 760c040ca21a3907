package dev.windrow.app.crash;

import java.io.IOException;
import org.opentest4j.TestAbortedException;

/** strace may be missing on a developer's machine, and must not be in CI. */
final class Strace {
    private Strace() {}

    static void require() throws IOException, InterruptedException {
        boolean there = new ProcessBuilder("sh", "-c", "strace -qq -f -o /dev/null true")
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
}
