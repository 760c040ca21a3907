package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LegLimits;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How long a leg goes on, and who may end it. While its reader is at work with the database only the reader ends it, at
 * the row after its time; while the reader is paused, a timer's thread does. {@link #isOver} and {@link #expire} are
 * for any thread, the rest is for the reader's.
 */
final class LegTime {
    private final ScheduledExecutorService timer;
    /** Null for a leg without an end, as in a snapshot. */
    private final @Nullable LegLimits limits;

    private final Runnable end;
    private final ReentrantLock working = new ReentrantLock();
    private final long begun = System.nanoTime();
    private @Nullable Future<?> alarm;
    private volatile boolean over;
    private boolean ended;

    /** @param end ends the leg; run once at most, by whoever holds the leg then */
    LegTime(ScheduledExecutorService timer, @Nullable LegLimits limits, Runnable end) {
        this.timer = timer;
        this.limits = limits;
        this.end = end;
        working.lock();
    }

    /** The first row is there. */
    void entered() {
        LegLimits known = limits;
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
