package dev.windrow.worker.sweep;

import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets the rows of the audit whose time is over, the oldest first, some at a time. */
public final class AuditExpiry implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(AuditExpiry.class);
    /** Nobody else writes the audit meanwhile, so not many. */
    private static final int AT_ONCE = 1_000;

    private final AuditLog audit;
    private final Transactions transactions;
    private final Duration kept;
    private final Clock clock;

    /** @param kept how long a row is kept */
    public AuditExpiry(AuditLog audit, Transactions transactions, Duration kept, Clock clock) {
        this.audit = audit;
        this.transactions = transactions;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant before = clock.instant().minus(kept);
        int forgotten;
        do {
            // To forget twice does no harm.
            forgotten = transactions.inOne(() -> audit.forget(before, AT_ONCE), Optional::empty);
            if (forgotten > 0) {
                log.info("{} rows of the audit from before {} are forgotten", forgotten, before);
            }
        } while (forgotten == AT_ONCE && !Thread.currentThread().isInterrupted());
    }
}
