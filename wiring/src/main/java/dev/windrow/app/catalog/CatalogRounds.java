package dev.windrow.app.catalog;

import dev.windrow.common.thread.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks after the catalog's files for as long as the process serves. */
final class CatalogRounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CatalogRounds.class);
    /** A content counts when it was read twice: what is written is there after at most two of these. */
    private static final int LOOK_SECONDS = 1;

    private final CatalogUpdates updates;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("windrow-catalog"));
    private volatile boolean running;

    CatalogRounds(CatalogUpdates updates) {
        this.updates = updates;
    }

    @Override
    public void start() {
        running = true;
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        updates.look();
                    } catch (RuntimeException e) {
                        // What throws is never run again.
                        log.error("Looking after the catalog's files failed, and is tried again", e);
                    }
                },
                LOOK_SECONDS,
                LOOK_SECONDS,
                TimeUnit.SECONDS);
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
