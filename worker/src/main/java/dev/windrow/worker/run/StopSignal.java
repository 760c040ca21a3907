package dev.windrow.worker.run;

import org.jspecify.annotations.Nullable;

/** Tells a running run to stop, from another thread, and ends what it is blocked in. Thread-safe. */
final class StopSignal {
    /** Why a run is to stop. */
    enum Reason {
        /** The claim is somebody else's, or nobody's: touch nothing more. */
        LOST,
        /** The process shuts down: sync what there is, and give the export back. */
        SHUTDOWN
    }

    /** The run was told to stop, and did. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        StoppedException(Reason reason, String where) {
            super(reason + " at: " + where);
            this.reason = reason;
        }

        /** Somebody else moved the export on: it was cancelled, deleted, or taken over. */
        static StoppedException lost(String change) {
            return new StoppedException(Reason.LOST, change);
        }

        Reason reason() {
            return reason;
        }
    }

    private static final Runnable NOTHING = () -> {};

    private volatile Runnable blockedIn = NOTHING;
    private volatile @Nullable Reason reason;
    private volatile boolean interrupted;

    /** What ends the call that the run may be blocked in from now on; takes the place of the one before. */
    void onStop(Runnable cancel) {
        blockedIn = cancel;
        if (reason == Reason.LOST) {
            cancel.run();
        }
    }

    /**
     * The claim is lost: ends at once what the run is blocked in. A loss outranks a shutdown: what is lost can't be
     * given back.
     */
    void lose() {
        reason = Reason.LOST;
        unblock();
    }

    /** The process shuts down: the run may still end its block, and sync it. */
    synchronized void shutDown() {
        if (reason == null) {
            reason = Reason.SHUTDOWN;
        }
    }

    /**
     * Takes an interrupt of the run's thread, which this is, for a shutdown of this run alone: JobRunr interrupts whom
     * it can't wait for when it switches itself off. The flag goes, or every file that the run still has to sync would
     * close itself.
     */
    void heedInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
            shutDown();
        }
    }

    /** Whether the run's thread was interrupted. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** Ends what a run that was told to stop is blocked in. */
    void unblock() {
        blockedIn.run();
    }

    /** Why the run is to stop; null while it is not. */
    @Nullable Reason reason() {
        return reason;
    }

    /**
     * Ends work that shows in no figure and may take a while.
     *
     * @throws IllegalStateException when the run is to stop: whoever catches it asks for the {@link #reason}
     */
    void check(String where) {
        heedInterrupt();
        if (reason != null) {
            throw new IllegalStateException("told to stop at: " + where);
        }
    }
}
