package dev.windrow.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
final class Wait {
    private Wait() {}

    static void seconds(int seconds) throws IOException {
        millis(1000L * seconds);
    }

    static void millis(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
