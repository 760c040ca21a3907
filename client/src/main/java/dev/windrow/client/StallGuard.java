package dev.windrow.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Closes a response that brings nothing for too long: the JDK's client waits for a body without an end. */
final class StallGuard implements AutoCloseable {
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "windrow-stall-guard");
        thread.setDaemon(true);
        return thread;
    });
    private final InputStream body;
    private final long silenceNanos;
    private final ScheduledFuture<?> looks;
    private volatile long lastMoved = System.nanoTime();

    StallGuard(InputStream body, Duration silence) {
        this.body = body;
        silenceNanos = silence.toNanos();
        long period = Math.max(1, silenceNanos / 4);
        looks = watch.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** Bytes came. */
    void moved() {
        lastMoved = System.nanoTime();
    }

    /** The same body, of which each read is a move; what came is told. */
    InputStream watch(InputStream body, IntConsumer came) {
        return new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                moved();
                came.accept(Math.max(0, count));
                return count;
            }
        };
    }

    private void look() {
        if (System.nanoTime() - lastMoved > silenceNanos) {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        looks.cancel(false);
        watch.shutdownNow();
    }
}
