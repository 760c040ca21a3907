package dev.windrow.worker.run;

/** The run was told to stop, and did. */
final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final StopSignal.Reason reason;

    StoppedException(StopSignal.Reason reason, String where) {
        super(reason + " at: " + where);
        this.reason = reason;
    }

    /** Somebody else moved the export on: it was cancelled, deleted, or taken over. */
    static StoppedException lost(String change) {
        return new StoppedException(StopSignal.Reason.LOST, change);
    }

    StopSignal.Reason reason() {
        return reason;
    }
}
