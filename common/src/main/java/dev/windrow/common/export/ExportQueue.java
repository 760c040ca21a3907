package dev.windrow.common.export;

/** The bell that wakes workers. It carries no state: what is to be done stands in the status table. Safe for use by many threads. */
public interface ExportQueue {
    /**
     * Asks some worker to claim the next export that is due, which need not be this one. Call it after the row is committed, outside
     * any transaction. A ring that is lost or doubled does no harm: a reconciler rings for what waits.
     *
     * @throws IllegalStateException when the bell can't be rung now; the export stays queued all the same
     */
    void ring(ExportId id);
}
