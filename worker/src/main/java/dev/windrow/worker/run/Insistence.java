package dev.windrow.worker.run;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a status table that is away, and tells it then what a run has to tell. The run keeps what it has meanwhile;
 * whether it still holds its claim is decided by the table, when it is back. Belongs to the run's thread.
 */
final class Insistence {
    private static final Logger log = LoggerFactory.getLogger(Insistence.class);
    private static final long PAUSE_MILLIS = 100;
    /** Pauses between two tries: a database that comes back has all its clients at the door. */
    private static final int PAUSES = 5;

    private final StopSignal stop;
    private final Duration patience;
    private final LongSupplier nanos;
    private final BooleanSupplier vain;

    /**
     * @param stop ends the waiting
     * @param patience for how long the table may be away
     * @param nanos a time as {@link System#nanoTime} has it
     * @param vain whether it does not help to wait: on a full disk, of which the run itself has a part
     */
    Insistence(StopSignal stop, Duration patience, LongSupplier nanos, BooleanSupplier vain) {
        this.stop = stop;
        this.patience = patience;
        this.nanos = nanos;
        this.vain = vain;
    }

    /** Something to tell, which may be told again where nobody knows whether it was heard. */
    @FunctionalInterface
    interface Telling {
        /** @throws ExportsUnavailableException when the table can't be reached */
        void tell() throws StoppedException;
    }

    /**
     * Tells it.
     *
     * @throws ExportsUnavailableException when the table stays away for too long, or the run is to stop meanwhile
     */
    void until(Telling telling) throws StoppedException {
        long began = nanos.getAsLong();
        boolean waiting = false;
        while (true) {
            try {
                telling.tell();
                if (waiting) {
                    log.info("the status table is back after {} s: going on", seconds(began));
                }
                return;
            } catch (ExportsUnavailableException e) {
                if (isOver(began)) {
                    throw e;
                }
                if (!waiting) {
                    log.warn("waiting for the status table, for {} at most: {}", patience, e.getMessage());
                    waiting = true;
                }
            }
            pause();
        }
    }

    private boolean isOver(long began) {
        stop.heedInterrupt();
        return stop.reason() != null || vain.getAsBoolean() || nanos.getAsLong() - began > patience.toNanos();
    }

    private long seconds(long began) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - began);
    }

    private void pause() {
        try {
            for (int i = 0; i < PAUSES && stop.reason() == null; i++) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.heedInterrupt();
        }
    }
}
