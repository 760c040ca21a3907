package dev.windrow.common.quota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the status database counts of an owner. All processes of one database count in it, and a deleted export gives
 * nothing back. Safe for use by many threads and processes; each call is a short statement or two, and throws
 * {@link dev.windrow.common.export.Exports.ExportsUnavailableException} when the database can't be reached or stays
 * locked.
 *
 * <p>Whoever starts an export does it by one work of {@link dev.windrow.common.transaction.Transactions}: stores it,
 * then asks here, and throws where it is too much, which takes everything back.
 */
public interface Quotas {
    /**
     * Takes one of the owner's starts, and holds up the owner's other starts until the transaction ends, so that what
     * it counts from here on stays so.
     *
     * @param rate null for any number; only holds the others up
     * @return false: there is none left, nothing was taken
     */
    boolean takeStart(String owner, @Nullable StartRate rate, Instant now);

    /** The mark that the owner's starts have left, as {@link StartRate} reads it; 0 where there is none. */
    long startMark(String owner);

    /** How many of the owner's exports wait or run. */
    int active(String owner);

    /**
     * Whether no more exports than that wait, of all owners. In a transaction and close to that number, it holds up all
     * other starts that come as close, until the transaction ends.
     */
    boolean waitAtMost(int most);

    /** What the owner's exports have given that ended in or after the hour of that time, hour by hour, oldest first. */
    List<Use> useSince(String owner, Instant since);

    /**
     * What was written by the exports that ended within an hour: completed, failed and cancelled ones.
     *
     * @param hour its beginning
     * @param bytes of archives
     */
    record Use(Instant hour, long rows, long bytes) {}
}
