package dev.windrow.worker.sweep;

import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.ExportUpkeep.Lease;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes exports from workers that are gone: at once where the worker is dead for certain, else when its lease has
 * lapsed. A clock that is wrong, here or there, decides only when an export is taken over, never whether a result
 * counts: a worker that was wrongly taken for gone can change nothing any more, since every change names its claim, and
 * all that is lost is the work after its last checkpoint.
 */
public final class LostRuns implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(LostRuns.class);
    /** So often in a row, without a new checkpoint between, and it is the export that kills its workers. */
    private static final int LOSSES = 5;

    private static final Failure TOO_OFTEN = new Failure(
            FailureCode.LOST_TOO_OFTEN,
            "Its worker was lost " + LOSSES + " times in a row, each time at the same place");
    /** A deleted export's file may come up until its last zombie is gone. */
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** A table that takes this long for a small change has kept all heartbeats waiting too. */
    private static final long BUSY_NANOS = 1_000_000_000L;

    private static final long DROP_NANOS = 60_000_000_000L;

    private final ExportUpkeep upkeep;
    private final Presence presence;
    private final ExportQueue queue;
    private final Clock clock;
    private final Duration grace;
    private final LongSupplier nanos;
    private boolean wasAway;
    private long awayAt;
    private long droppedAt;

    /**
     * @param grace how long after the table was away workers may take to show themselves again: longer than they need
     *     to notice that it is back
     */
    public LostRuns(ExportUpkeep upkeep, Presence presence, ExportQueue queue, Clock clock, Duration grace) {
        this(upkeep, presence, queue, clock, grace, System::nanoTime);
    }

    LostRuns(
            ExportUpkeep upkeep,
            Presence presence,
            ExportQueue queue,
            Clock clock,
            Duration grace,
            LongSupplier nanos) {
        this.upkeep = upkeep;
        this.presence = presence;
        this.queue = queue;
        this.clock = clock;
        this.grace = grace;
        this.nanos = nanos;
        this.droppedAt = nanos.getAsLong() - DROP_NANOS;
    }

    @Override
    public void run() {
        // In this order: what a dead worker claimed, it claimed before.
        Set<String> dead = presence.dead();
        long began = nanos.getAsLong();
        List<Lease> held = held();
        if (nanos.getAsLong() - began > BUSY_NANOS) {
            noteAway();
        }
        Instant now = clock.instant();
        boolean lapsed = held.stream().anyMatch(lease -> lease.leaseUntil().isBefore(now));
        boolean patient = isTableBusy(lapsed) || isWithinGrace();
        for (Lease lease : held) {
            if (dead.contains(lease.worker())) {
                take(lease, "is dead", now);
            } else if (!patient && lease.leaseUntil().isBefore(now)) {
                take(lease, "was not heard of since " + lease.leaseUntil(), now);
            }
        }
        dead.forEach(presence::bury);
    }

    private List<Lease> held() {
        try {
            return upkeep.held();
        } catch (RuntimeException e) {
            noteAway();
            throw e;
        }
    }

    private void noteAway() {
        wasAway = true;
        awayAt = nanos.getAsLong();
    }

    /** A table that was away for us was away for others, who had no chance to keep their leases. */
    private boolean isWithinGrace() {
        wasAway = wasAway && nanos.getAsLong() - awayAt < grace.toNanos();
        return wasAway;
    }

    /**
     * Whether workers had no chance to keep their leases: the next sweep will see who has recovered it. The table is
     * tried by a change that is due anyhow, now and then; and when it matters.
     *
     * @param matters a lease has lapsed
     */
    private boolean isTableBusy(boolean matters) {
        long began = nanos.getAsLong();
        if (!matters && began - droppedAt < DROP_NANOS) {
            return false;
        }
        droppedAt = began;
        upkeep.dropForgotten(clock.instant().minus(REMEMBERED));
        return nanos.getAsLong() - began > BUSY_NANOS;
    }

    private void take(Lease lease, String why, Instant now) {
        if (lease.losses() + 1 >= LOSSES) {
            if (upkeep.giveUp(lease, TOO_OFTEN, now)) {
                log.error(
                        "export {} failed: {}, its worker {} {}",
                        lease.claim().id(),
                        TOO_OFTEN.code().id(),
                        lease.worker(),
                        why);
            }
        } else if (upkeep.lose(lease)) {
            log.warn(
                    "export {} goes on elsewhere: its worker {} {}",
                    lease.claim().id(),
                    lease.worker(),
                    why);
            queue.ring(lease.claim().id());
        }
    }
}
