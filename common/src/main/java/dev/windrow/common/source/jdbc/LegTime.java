package dev.windrow.common.source.jdbc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How long a leg goes on, and who may end it. While its reader is at work with the database only the reader ends it, at the row after its time;
 * while the reader is paused, a timer's thread does. {@link #isOver} and {@link #expire} are for any thread, the rest is for the reader's.
 */
final class LegTime {
    /** How many times as long as it took to the first row a leg goes on at least: so entering costs a tenth at most. */
    private static final int ENTRIES = 10;

    /**
     * What is asked of a source's readers.
     *
     * @param usual how long a leg goes on
     * @param longest how long where its entry took long
     */
    record Limits(Duration usual, Duration longest) {
        /** Where readers hold nobody up. */
        static final Limits FREE = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(60));
        /** Where a writer waits for every reader: a SQLite file with a rollback journal. */
        static final Limits HOLDING = new Limits(Duration.ofMillis(50), Duration.ofSeconds(1));

        /** About what a row costs to be read and written, and to be walked over or sorted; of small rows on a machine of today. */
        private static final long NANOS_TO_WRITE = 1_000;

        private static final long NANOS_TO_ENTER = 300;

        /** How often an export enters a query that goes over so many rows each time, in words. */
        String entries(long rows) {
            long legs = 1 + rows * NANOS_TO_WRITE / nanosAfter(rows * NANOS_TO_ENTER);
            return legs == 1 ? ": about one entry an export" : ": about " + legs + " entries an export";
        }

        /** From the first row on. */
        long nanosAfter(long entryNanos) {
            return Math.min(longest.toNanos(), Math.max(usual.toNanos(), ENTRIES * entryNanos));
        }
    }

    private final ScheduledExecutorService timer;
    /** Null for a leg without an end, as in a snapshot. */
    private final @Nullable Limits limits;

    private final Runnable end;
    private final ReentrantLock working = new ReentrantLock();
    private final long begun = System.nanoTime();
    private @Nullable Future<?> alarm;
    private volatile boolean over;
    private boolean ended;

    /** @param end ends the leg; run once at most, by whoever holds the leg then */
    LegTime(ScheduledExecutorService timer, @Nullable Limits limits, Runnable end) {
        this.timer = timer;
        this.limits = limits;
        this.end = end;
        working.lock();
    }

    /** The first row is there. */
    void entered() {
        Limits known = limits;
        if (known != null) {
            alarm = timer.schedule(this::expire, known.nanosAfter(System.nanoTime() - begun), TimeUnit.NANOSECONDS);
        }
    }

    boolean isOver() {
        return over;
    }

    /** The leg's time is over: ends it if its reader is paused, else the reader does. */
    void expire() {
        over = true;
        if (working.tryLock()) {
            try {
                endOnce();
            } finally {
                working.unlock();
            }
        }
    }

    /** Lets the timer end the leg from now on; does it if the time is over, since the timer may have come before. */
    void pause() {
        if (working.isHeldByCurrentThread()) {
            working.unlock();
            if (over) {
                expire();
            }
        }
    }

    /** Takes the leg back. */
    void resume() {
        if (!working.isHeldByCurrentThread()) {
            working.lock();
        }
    }

    /** Ends the leg, if nobody has; the reader only. */
    void finish() {
        resume();
        try {
            endOnce();
        } finally {
            working.unlock();
        }
    }

    private void endOnce() {
        if (!ended) {
            ended = true;
            over = true;
            Future<?> set = alarm;
            if (set != null) {
                set.cancel(false);
            }
            end.run();
        }
    }
}
