package dev.windrow.common.export;

/**
 * The bell that wakes workers. It carries no state: what is to be done stands in the status table. Safe for use by many
 * threads.
 */
public interface ExportQueue {
    /**
     * Asks some worker to claim the next export that is due, which need not be this one. Call it after the row is
     * committed, outside any transaction. Returns at once, and never fails: a ring that is lost, late or doubled does
     * no harm, since a reconciler rings for what waits.
     */
    void ring(ExportId id);
}
