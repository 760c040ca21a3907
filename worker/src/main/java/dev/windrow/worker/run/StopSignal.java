package dev.windrow.worker.run;

import java.util.concurrent.atomic.AtomicReference;
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

    private static final Runnable NOTHING = () -> {};

    private final AtomicReference<Runnable> blockedIn = new AtomicReference<>(NOTHING);
    private volatile @Nullable Reason reason;

    /** What ends the call that the run may be blocked in from now on; takes the place of the one before. */
    void onStop(Runnable cancel) {
        blockedIn.set(cancel);
        if (reason != null) {
            cancel.run();
        }
    }

    /** Stops the run. A loss outranks a shutdown: what is lost can't be given back. */
    synchronized void stop(Reason why) {
        if (reason != Reason.LOST) {
            reason = why;
        }
        blockedIn.get().run();
    }

    /** Why the run is to stop; null while it is not. */
    @Nullable Reason reason() {
        return reason;
    }
}
