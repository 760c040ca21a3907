package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what was told of exports that are gone: deleted, or kept long enough. */
public final class OutboxExpiry implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(OutboxExpiry.class);
    private static final int AT_ONCE = 500;

    /** What is carried is tried again within hours; this has nobody who carries it. */
    private static final Duration OVERDUE = Duration.ofDays(2);

    private final Outbox outbox;
    private final Clock clock;

    public OutboxExpiry(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void run() {
        int forgotten;
        do {
            forgotten = outbox.forget(clock.instant().minus(OVERDUE), AT_ONCE);
            log.debug("{} messages are forgotten", forgotten);
        } while (forgotten == AT_ONCE && !Thread.currentThread().isInterrupted());
    }
}
