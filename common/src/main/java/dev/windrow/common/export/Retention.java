package dev.windrow.common.export;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of exports that have ended: their files expire, are removed, and are read again meanwhile; their records
 * go later. The same table as {@link Exports} and the same rules: each change is one conditional statement, durable
 * when the call returns. Safe for use by many threads and processes. All calls block for a short statement or two and
 * throw {@link ExportsUnavailableException}.
 */
public interface Retention {
    /**
     * {@code completed → expired}, for those whose file's time is over and those that are so old that their record
     * goes. The row still names the file, until {@link #removed}.
     *
     * @param recordsBefore exports that ended by then are forgotten
     * @return those that expired by this call
     */
    List<ExportId> expire(Instant now, Instant recordsBefore);

    /** Expired exports whose file may still be in the store, at most {@code limit}, oldest first. */
    List<Export> leftovers(int limit);

    /** Says that an expired export's file is no longer in the store. False: it was retried or deleted meanwhile. */
    boolean removed(Claim claim);

    /**
     * Forgets final exports without a file that ended by then, at most {@code limit}, oldest first; and gives their
     * number.
     */
    int forget(Instant endedBefore, int limit);

    /**
     * Takes the completed export that was longest not checked, and says that it is checked now, so that nobody else
     * does. Those whose file is in another store, or may be, are left to who sees that one.
     *
     * @param checkedBefore one that was made or checked later is left alone
     * @param own the store that can be read
     * @return empty when there is none
     */
    Optional<Export> takeUnchecked(Instant checkedBefore, Instant now, Artifact.Store own);

    /** How many completed exports have their file in another store. Looks at each. */
    long elsewhere(Artifact.Store own);

    /**
     * {@code completed → expired} for an export whose file is not what its row says.
     *
     * @param failure shown with the export from now on
     * @return false: it has expired, or was deleted, meanwhile
     */
    boolean condemn(Claim claim, Failure failure, Instant now);
}
