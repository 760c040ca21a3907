package dev.windrow.common.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done by whom, row after row in the status database. Each row names the hash of the one before, so that one
 * that was changed or removed by hand is noticed by {@link ChainCheck}. All processes write one chain, one after the
 * other. Safe for use by many threads and processes. All calls block for a few short statements; where the database
 * can't be reached they throw what the ports of {@code common.export} throw.
 */
public interface AuditLog {
    /**
     * Adds a row, as part of the transaction that the calling thread is in: it is there when that is durable, and the
     * log has its line then. Whoever holds the end of the chain keeps all others waiting, so it is the last statement
     * of a transaction, or near it.
     *
     * @return the row, by which {@link #holds} tells whether the transaction was done
     * @throws IllegalStateException outside of a transaction
     */
    AuditRow append(Event event);

    /** Whether this very row is there. */
    boolean holds(AuditRow row);

    /** The rows that fit, newest first, at most {@code limit} of those before number {@code before}. */
    List<AuditRow> list(Filter filter, @Nullable Long before, int limit);

    /** The rows after that number, oldest first, at most {@code limit}. */
    List<AuditRow> after(long number, int limit);

    /** Where the chain begins and ends. */
    Chain chain();

    /**
     * Forgets the oldest rows, up to the first that is not older than that; at most {@code limit}. A transaction of its
     * own must be around it.
     *
     * @return how many
     */
    int forget(Instant before, int limit);

    /**
     * Which rows a list shows; null for all.
     *
     * @param since from this time on
     * @param until before this time
     */
    record Filter(
            @Nullable String principal,
            @Nullable String export,
            @Nullable String action,
            @Nullable Instant since,
            @Nullable Instant until) {
        public static final Filter ALL = new Filter(null, null, null, null, null);
    }

    /**
     * What is known of the chain beside its rows.
     *
     * @param newest the number of the newest row; 0 where there never was one
     * @param newestHash its hash
     * @param forgotten the number of the last row whose time was over; 0 for none
     * @param forgottenHash its hash, which the oldest row that is kept names as its {@code previous}
     */
    record Chain(long newest, String newestHash, long forgotten, String forgottenHash) {}
}
