package dev.windrow.common.export;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status table for workers: a claim, and what its holder alone may change. The same table as {@link Exports} and
 * the same rules: each change is one conditional update that names the claim, durable when the call returns, and says
 * by its boolean whether it won; who gets a false has lost the export to somebody else and touches nothing more. Safe
 * for use by many threads and processes. All calls block for one short statement or two and throw {@link
 * ExportsUnavailableException} when the database can't be reached or stays locked.
 */
public interface Runs {
    /**
     * Takes the next export that is due, in fair order: callers in turn (those with the fewest running, then the
     * longest not served), then age. It becomes running under a new claim; {@code startedAt} is set if this is its
     * first. Cutoff, checkpoint, replica, intent and percent are those of the run before.
     *
     * @param worker the claiming process, for people to read
     * @param enginesElsewhere engines of other workers, which look for work too: what has a checkpoint of one of them
     *     is left to these
     * @return empty when none is due
     */
    Optional<Export> claimNext(String worker, Instant now, Duration lease, Set<String> enginesElsewhere);

    /** As {@link #claimNext(String, Instant, Duration, Set)}, and leaves nothing to others. */
    default Optional<Export> claimNext(String worker, Instant now, Duration lease) {
        return claimNext(worker, now, lease, Set.of());
    }

    /**
     * Fixes what belongs to the export, before its first checkpoint. A checkpoint by other keys is forgotten with the
     * cutoff that it depends on. False: the claim is lost, or there is a checkpoint that depends on another.
     */
    boolean fixCutoff(Claim claim, Cutoff cutoff);

    /**
     * Says how far the run is, and renews its lease. {@code percent} never falls and stays below 100, whatever is
     * given; a known {@code rowsTotal} stays known.
     *
     * @return false: cancelled, deleted, or taken over
     */
    boolean progress(Claim claim, Progress progress, Instant leaseUntil);

    /**
     * Says that everything up to the checkpoint is synced, together with {@link #progress}; sets {@code losses} and
     * {@code failures} to 0.
     */
    boolean checkpoint(Claim claim, Checkpoint checkpoint, Progress progress, Instant leaseUntil);

    /**
     * Says what of the run's file survives this machine from now on, or with null that nothing does. It is of the file
     * that the row's checkpoint is a place in: a run that begins another says null before its first checkpoint.
     *
     * @return as {@link #progress}
     */
    boolean replicate(Claim claim, Checkpoint.@Nullable Replica replica);

    /**
     * Keeps where this run is in a trace, for the run after it. Nothing depends on that.
     *
     * @param traceparent as the W3C has it
     */
    boolean trace(Claim claim, String traceparent);

    /**
     * Says that the run goes on from a place that it has fetched, which may be before the row's checkpoint: that is the
     * checkpoint now, and rows and bytes are its. Unlike {@link #checkpoint} it is no progress: {@code losses} and
     * {@code failures} stay.
     *
     * @return as {@link #progress}
     */
    boolean adopt(Claim claim, Checkpoint checkpoint);

    /**
     * Says what is about to be published, so that a successor recognises it and completes it just as this run would
     * have.
     *
     * @param artifact with the name of the store that it is published to
     * @param warnings what the owner is told once the export is completed
     * @param cutoff fixed with it, as by {@link #fixCutoff}, if none is fixed yet; null when one is
     */
    boolean intend(Claim claim, Artifact artifact, List<Warning> warnings, @Nullable Cutoff cutoff, Instant leaseUntil);

    /**
     * {@code running → completed}, with the warnings of its intent. The artifact is published already. Percent is 100
     * now, {@code rowsTotal} is what was written.
     */
    boolean complete(Claim claim, Artifact artifact, Progress progress, Instant finishedAt, Instant expiresAt);

    /**
     * {@code running → failed}. Keeps the cutoff, with which a retry begins anew; forgets the intent and its warnings.
     */
    boolean fail(Claim claim, Failure failure, Instant finishedAt);

    /**
     * {@code running → queued} after a failure that may pass: counts an attempt and a failure, keeps the checkpoint
     * and the replica. The failure is shown while it waits. Rows and bytes go back to the checkpoint's.
     */
    boolean tryAgain(Claim claim, Failure failure, Instant notBefore);

    /**
     * As {@link #tryAgain}, where the file of the checkpoint is gone for good: rows and bytes go back to none, and the
     * replica, if there is one, is not believed any more. The checkpoint itself is kept, since it tells how much room
     * the export is known to need.
     */
    boolean tryAnew(Claim claim, Failure failure, Instant notBefore);

    /**
     * {@code running → queued} when a worker shuts down: counts nothing, keeps the checkpoint and the replica. Rows
     * and bytes go back to the checkpoint's.
     */
    boolean handOver(Claim claim);

    /** The export as it is by now, whoever holds it; empty when it was deleted. */
    Optional<Export> find(ExportId id);
}
