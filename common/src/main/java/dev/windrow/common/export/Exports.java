package dev.windrow.common.export;

import dev.windrow.common.access.Grant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The status table, the one truth about exports, for callers: what they ask for, see and end. Runs change it by {@link
 * Runs}, and sweeps by {@link ExportUpkeep} and {@link Retention}. Every change is one conditional update, durable when
 * the call returns, and says by its boolean whether it won; who gets a false has lost the export to somebody else and
 * touches nothing more. Safe for use by many threads and processes. All calls block for one short statement or two and
 * throw {@link ExportsUnavailableException} when the database can't be reached or stays locked.
 */
public interface Exports {
    /**
     * Adds an export.
     *
     * @param export as {@link Export#queued} makes it
     * @throws IllegalStateException when there is one of that id
     */
    void insert(Export export);

    /** The export of that id and owner; empty when there is none, whichever of the two does not fit. */
    Optional<Export> find(ExportId id, String owner);

    /** The name of who owns the export of that id; empty when there is none. For those who may see everybody's. */
    Optional<String> owner(ExportId id);

    /** The export of that id, whoever owns it: for those whose right to it was shown in another way. */
    Optional<Export> find(ExportId id);

    /**
     * As {@link #find(ExportId, String)}, for those who look often: without {@code checkpoint} and {@code intent},
     * which are null and were not read.
     */
    Optional<Export> look(ExportId id, String owner);

    /** What is listed has its parameters if they are at most this long, as JSON in ASCII. */
    int LISTED_PARAMETERS = 4 << 10;

    /**
     * An export in a list, as {@link #look} gives it.
     *
     * @param parametersOmitted they are longer than {@link #LISTED_PARAMETERS} and were not read: the request has none
     */
    record Listed(Export export, boolean parametersOmitted) {}

    /**
     * The owner's exports, newest first, at most {@code limit} of those older than {@code before}.
     *
     * @param owner null for everybody's
     */
    List<Listed> list(@Nullable String owner, Filter filter, @Nullable ExportId before, int limit);

    /**
     * How many exports there are to list. Looks at each.
     *
     * @param owner null for everybody's
     */
    long count(@Nullable String owner, Filter filter);

    /**
     * Which exports a list shows; null for all.
     *
     * @param state as the clock has it: a file whose time is over is {@code EXPIRED}, whether or not a sweep has said
     *     so yet
     * @param text somewhere in the dataset's name, the file's name or the parameters, in capitals or not
     * @param since made at that moment or later
     * @param until made before that moment
     */
    record Filter(
            @Nullable State state,
            @Nullable String dataset,
            @Nullable String text,
            @Nullable Instant since,
            @Nullable Instant until) {
        public static final Filter ALL = new Filter(null, null);

        /** Whatever they are about, whenever they were made. */
        public Filter(@Nullable State state, @Nullable String dataset) {
            this(state, dataset, null, null, null);
        }
    }

    /**
     * An export's place in the fair order of those that wait, 1 being the next: the order in which {@link
     * Runs#claimNext} takes them while nothing else happens. Those that are held back by {@code notBefore} come after
     * all that are due, by their times. Empty when it does not wait.
     */
    OptionalInt queuePosition(ExportId id);

    /**
     * The places, as {@link #queuePosition} gives them, of those that wait, by one query for all; for at most 10,000
     * ids.
     */
    Map<ExportId, Integer> queuePositions(Collection<ExportId> ids);

    /**
     * {@code queued | running → cancelled}, by its owner. A cancel leaves no file, so checkpoint and intent are
     * forgotten (the worker or the janitor removes what they named) and a retry reads from the first row; the cutoff is
     * kept, so that it gives the same rows.
     *
     * @return false: it is not active, or there is none
     */
    boolean cancel(ExportId id, String owner, Instant finishedAt);

    /**
     * Ends every link that was made of the export until now: raises its {@code linkEpoch}. In any state.
     *
     * @return false: there is none of that owner
     */
    boolean endLinks(ExportId id, String owner);

    /**
     * Forgets the export, in any state. A worker that runs it learns by its next change.
     *
     * @return the export as it was; empty when there is none of that owner
     */
    Optional<Export> delete(ExportId id, String owner);

    /**
     * {@code failed | cancelled | expired → queued}, by its owner; {@code completed} too where the file's time is over
     * and no sweep has said so yet. Counts an attempt; losses, failures and the rows written begin at 0 again. What
     * failed or was cancelled keeps its cutoff, total and percent; what has expired, and what has other claims by now
     * and so other rows, is made anew. Warnings are forgotten. Whoever wins removes the file of {@code seen}, if it has
     * one.
     *
     * @param seen the export as it was found
     * @param grant what the retry is allowed
     * @return false: it is in another state by now, or gone
     */
    boolean retry(Export seen, Grant grant, Instant now);

    /** As {@link #retry(Export, Grant, Instant)}, with what it was allowed before. */
    default boolean retry(Export seen, Instant now) {
        return retry(seen, seen.grant(), now);
    }

    /** The database can't be reached or stays locked. Nothing is known of the change that was asked for. */
    final class ExportsUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ExportsUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
