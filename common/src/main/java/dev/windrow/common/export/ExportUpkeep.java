package dev.windrow.common.export;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What sweeps need of the status table: to take exports from workers that are gone, to ring for what waits, and to tell
 * whose a file is. Changes are made as in {@link Exports}, and any number of processes may sweep at once. Safe for use
 * by many threads. All calls block for one short statement and throw {@link Exports.ExportsUnavailableException} when
 * the database can't be reached or stays locked.
 */
public interface ExportUpkeep {
    /** The most ids that may be asked for at once. */
    int MOST_IDS = 500;

    /** All runs, of all workers. */
    List<Lease> held();

    /**
     * {@code running → queued} for a run whose worker is gone: counts an attempt and a loss, keeps cutoff, checkpoint,
     * intent and percent, and lets the next claim come at once. Rows and bytes go back to the checkpoint's.
     *
     * @param lease as it was seen
     * @return false: the worker has been heard of since, or somebody else moved it
     */
    boolean lose(Lease lease);

    /**
     * {@code running → failed} for a run whose worker is gone, once too often.
     *
     * @param lease as it was seen
     * @return as {@link #lose}
     */
    boolean giveUp(Lease lease, Failure failure, Instant finishedAt);

    /** The ids of exports that are due and wait, oldest first, at most {@code limit}: for ringing again. */
    List<ExportId> due(Instant now, int limit);

    /** Those of the exports that there are, whoever owns them, in no order; for at most {@link #MOST_IDS}. */
    List<Export> among(Collection<ExportId> ids);

    /** Those of the ids whose export was there and was deleted; for at most {@link #MOST_IDS}. */
    Set<ExportId> forgottenAmong(Collection<ExportId> ids);

    /** Stops remembering deleted exports of before that time, and what was counted of owners then. */
    void dropForgotten(Instant before);

    /**
     * What the table says of a run: who has it, and until when that worker is believed alive.
     *
     * @param worker the instance that claimed it
     * @param losses how often in a row it was lost already, without a new checkpoint between
     */
    record Lease(Claim claim, String worker, Instant leaseUntil, int losses) {
        public Lease {
            Objects.requireNonNull(claim, "claim");
            Objects.requireNonNull(worker, "worker");
            Objects.requireNonNull(leaseUntil, "leaseUntil");
        }
    }
}
