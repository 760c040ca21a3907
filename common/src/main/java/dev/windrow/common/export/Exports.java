package dev.windrow.common.export;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status table: the one truth about exports. Every change is one conditional update, durable when the call returns, and says
 * by its boolean whether it won; who gets a false has lost the export to somebody else and touches nothing more. Safe for use by
 * many threads and processes. All calls block for one short statement or two and throw {@link ExportsUnavailableException} when the
 * database can't be reached or stays locked.
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

    /** The export of that id, whoever owns it: for those whose right to it was shown in another way. */
    Optional<Export> find(ExportId id);

    /**
     * As {@link #find(ExportId, String)}, for those who look often: without {@code checkpoint} and {@code intent}, which are null and
     * were not read.
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

    /** The owner's exports, newest first, at most {@code limit} of those older than {@code before}. */
    List<Listed> list(String owner, Filter filter, @Nullable ExportId before, int limit);

    /**
     * Which exports a list shows; null for all.
     *
     * @param state as the clock has it: a file whose time is over is {@code EXPIRED}, whether or not a sweep has said so yet
     */
    record Filter(@Nullable State state, @Nullable String dataset) {
        public static final Filter ALL = new Filter(null, null);
    }

    /**
     * An export's place in the fair order of those that wait, 1 being the next: the order in which {@link #claimNext} takes them
     * while nothing else happens. Those that are held back by {@code notBefore} come after all that are due, by their times. Empty
     * when it does not wait.
     */
    OptionalInt queuePosition(ExportId id);

    /** The places, as {@link #queuePosition} gives them, of those that wait, by one query for all; for at most 10,000 ids. */
    Map<ExportId, Integer> queuePositions(Collection<ExportId> ids);

    /**
     * Takes the next export that is due, in fair order: callers in turn (those with the fewest running, then the longest not served),
     * then age. It becomes running under a new claim; {@code startedAt} is set if this is its first. Cutoff, checkpoint, intent and
     * percent are those of the run before.
     *
     * @param worker the claiming process, for people to read
     * @param enginesElsewhere engines of other workers, which look for work too: what has a checkpoint of one of them is left to these
     * @return empty when none is due
     */
    Optional<Export> claimNext(String worker, Instant now, Duration lease, Set<String> enginesElsewhere);

    /** As {@link #claimNext(String, Instant, Duration, Set)}, and leaves nothing to others. */
    default Optional<Export> claimNext(String worker, Instant now, Duration lease) {
        return claimNext(worker, now, lease, Set.of());
    }

    /** Fixes what belongs to the export, before its first checkpoint. False: the claim is lost, or there is a checkpoint that depends on another. */
    boolean fixCutoff(Claim claim, Cutoff cutoff);

    /**
     * Says how far the run is, and renews its lease. {@code percent} never falls and stays below 100, whatever is given; a known
     * {@code rowsTotal} stays known.
     *
     * @return false: cancelled, deleted, or taken over
     */
    boolean progress(Claim claim, Progress progress, Instant leaseUntil);

    /** Says that everything up to the checkpoint is synced, together with {@link #progress}; sets {@code losses} and {@code failures} to 0. */
    boolean checkpoint(Claim claim, Checkpoint checkpoint, Progress progress, Instant leaseUntil);

    /**
     * Says what is about to be published, so that a successor recognises it and completes it just as this run would have.
     *
     * @param warnings what the owner is told once the export is completed
     * @param cutoff fixed with it, as by {@link #fixCutoff}, if none is fixed yet; null when one is
     */
    boolean intend(Claim claim, Artifact artifact, List<Warning> warnings, @Nullable Cutoff cutoff, Instant leaseUntil);

    /** {@code running → completed}, with the warnings of its intent. The artifact is published already. Percent is 100 now, {@code rowsTotal} is what was written. */
    boolean complete(Claim claim, Artifact artifact, Progress progress, Instant finishedAt, Instant expiresAt);

    /** {@code running → failed}. Keeps the cutoff, with which a retry begins anew; forgets the intent and its warnings. */
    boolean fail(Claim claim, Failure failure, Instant finishedAt);

    /**
     * {@code running → queued} after a failure that may pass: counts an attempt and a failure, keeps the checkpoint. The failure is
     * shown while it waits. Rows and bytes go back to the checkpoint's.
     */
    boolean tryAgain(Claim claim, Failure failure, Instant notBefore);

    /**
     * As {@link #tryAgain}, where the file of the checkpoint is gone: rows and bytes go back to none. The checkpoint itself is kept, since it
     * tells how much room the export is known to need.
     */
    boolean tryAnew(Claim claim, Failure failure, Instant notBefore);

    /**
     * {@code running → queued} when a worker shuts down: counts nothing, keeps the checkpoint. Rows and bytes go back to the
     * checkpoint's.
     */
    boolean handOver(Claim claim);

    /**
     * {@code queued | running → cancelled}, by its owner. A cancel leaves no file, so checkpoint and intent are forgotten (the worker
     * or the janitor removes what they named) and a retry reads from the first row; the cutoff is kept, so that it gives the same rows.
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

    /** The ids of exports that are due and wait, oldest first, at most {@code limit}: for ringing again. */
    List<ExportId> due(Instant now, int limit);

    /**
     * {@code failed | cancelled | expired → queued}, by its owner; {@code completed} too where the file's time is over and no sweep has
     * said so yet. Counts an attempt; losses, failures and the rows written begin at 0 again. What failed or was cancelled keeps its
     * cutoff, total and percent; what has expired is made anew. Warnings are forgotten. Whoever wins removes the file of {@code seen}, if it has one.
     *
     * @param seen the export as it was found
     * @return false: it is in another state by now, or gone
     */
    boolean retry(Export seen, Instant now);

    /** The database can't be reached or stays locked. Nothing is known of the change that was asked for. */
    final class ExportsUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ExportsUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
