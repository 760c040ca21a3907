package dev.windrow.benchmarks.days;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a defect of the server would do, brought into its process as an agent of Java: whether the verdict finds it.
 */
public final class Leak {
    private static final List<Object> HELD = new ArrayList<>();
    private static final int AT_ONCE = 5;
    private static final int BYTES = 200_000;

    private Leak() {}

    /** @param kind {@code memory}, {@code descriptors} or {@code threads} */
    public static void agentmain(String kind) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            switch (kind) {
                case "memory" -> HELD.add(new byte[BYTES]);
                case "descriptors" -> HELD.add(open());
                default -> thread();
            }
        }
    }

    private static void thread() {
        Thread thread = new Thread(Leak::stay, "leaked");
        thread.setDaemon(true);
        thread.start();
    }

    private static InputStream open() throws IOException {
        return Files.newInputStream(Path.of("/dev/null"));
    }

    private static void stay() {
        synchronized (HELD) {
            try {
                HELD.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
