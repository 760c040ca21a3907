package dev.windrow.common.export;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the status table. Times are UTC, to the millisecond.
 *
 * @param owner the caller who started it
 * @param claim the number of the last claim; 0 before the first
 * @param attempt 1, and one more for each retry and each lost worker; what users see
 * @param losses how often in a row a worker was lost without a new checkpoint between
 * @param failures how often in a row it failed for a cause that may pass
 * @param cutoff null until the first run has fixed it
 * @param startedAt when it was first claimed since it was asked for, or for again
 * @param claimedAt when its last run began; null before the first
 * @param notBefore while it waits: not to be claimed earlier; null for at once
 * @param leaseUntil while it runs: until when its worker is believed alive
 * @param checkpoint null where a run would begin anew
 * @param intent what a run was about to publish when it was last heard of; null where none was
 * @param artifact of a completed or expired export
 * @param warnings of a completed or expired export; while there is an {@code intent}, those that it would complete with; empty when all was well
 * @param failure of a failed export, and of one that waits to be tried again
 * @param linkEpoch how often its owner has ended all its links; a link holds for the epoch that it was made in
 */
public record Export(
        ExportId id,
        String owner,
        ExportRequest request,
        State state,
        Progress progress,
        long claim,
        int attempt,
        int losses,
        int failures,
        @Nullable Cutoff cutoff,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant notBefore,
        @Nullable Instant leaseUntil,
        @Nullable Checkpoint checkpoint,
        @Nullable Artifact intent,
        @Nullable Artifact artifact,
        List<Warning> warnings,
        @Nullable Failure failure,
        int linkEpoch) {
    public Export {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(createdAt, "createdAt");
        warnings = List.copyOf(warnings);
    }

    /** The last claim on it. */
    public Claim lastClaim() {
        return new Claim(id, claim);
    }

    /** Whether its file's time is over, be it that a sweep has said so in the row or that it has yet to. */
    public boolean isExpired(Instant now) {
        return state == State.EXPIRED || state == State.COMPLETED && expiresAt != null && !expiresAt.isAfter(now);
    }
}
