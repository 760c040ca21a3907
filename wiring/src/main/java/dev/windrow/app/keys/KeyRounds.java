package dev.windrow.app.keys;

import dev.windrow.common.thread.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does by the clock what keys need done, for as long as the process serves. */
public final class KeyRounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeyRounds.class);
    /** A content counts when it was read twice, so that a key is gone after at most three of these. */
    private static final int LOOK_SECONDS = 1;

    private final KeySources sources;
    private final KeyNotices notices;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("windrow-keys"));
    private volatile boolean running;

    public KeyRounds(KeySources sources, KeyNotices notices) {
        this.sources = sources;
        this.notices = notices;
    }

    @Override
    public void start() {
        running = true;
        every(LOOK_SECONDS, TimeUnit.SECONDS, sources::look);
        every(1, TimeUnit.MINUTES, notices::measure);
        every(1, TimeUnit.DAYS, notices::warn);
    }

    private void every(long pause, TimeUnit unit, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // What throws is never run again, and a key that is taken away would go on.
                        log.error("Looking after the API keys failed, and is tried again", e);
                    }
                },
                0,
                pause,
                unit);
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
