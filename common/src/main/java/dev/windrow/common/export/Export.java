package dev.windrow.common.export;

import dev.windrow.common.access.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the status table. A new one is made by {@link #queued}; all later ones are read from the table, which
 * alone changes them.
 *
 * @param holder who may do what with it
 */
public record Export(
        ExportId id, Holder holder, ExportRequest request, State state, Run run, Times times, Outcome outcome) {
    public Export {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * A new export, which waits for its first claim.
     *
     * @param createdAt to the millisecond
     */
    public static Export queued(ExportId id, Holder holder, ExportRequest request, Instant createdAt) {
        return new Export(id, holder, request, State.QUEUED, Run.NONE, Times.created(createdAt), Outcome.NONE);
    }

    /** As {@link #queued(ExportId, Holder, ExportRequest, Instant)}, with nothing known of what it is allowed. */
    public static Export queued(ExportId id, String owner, ExportRequest request, Instant createdAt) {
        return queued(id, new Holder(owner, Grant.UNKNOWN), request, createdAt);
    }

    /** The name of the caller who started it. */
    public String owner() {
        return holder.owner;
    }

    /** What its last start, or retry, was allowed. */
    public Grant grant() {
        return holder.grant;
    }

    /** The last claim on it; its number is 0 before the first. */
    public Claim lastClaim() {
        return new Claim(id, run.attempts().claim());
    }

    /** The number of the attempt, as users see it. */
    public int attempt() {
        return run.attempts().attempt();
    }

    public Progress progress() {
        return run.progress();
    }

    /** Of a completed or expired export; else null. */
    public @Nullable Artifact artifact() {
        return outcome.artifact();
    }

    /** Whether its file's time is over, be it that a sweep has said so in the row or that it has yet to. */
    public boolean isExpired(Instant now) {
        return state == State.EXPIRED
                || state == State.COMPLETED
                        && times.expires() != null
                        && !times.expires().isAfter(now);
    }

    /**
     * Whose it is, and what that gives.
     *
     * @param owner the name of the caller who started it
     */
    public record Holder(String owner, Grant grant) {
        public Holder {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(grant, "grant");
        }
    }

    /**
     * What its runs have left for one another.
     *
     * @param cutoff null until the first run has fixed it
     * @param checkpoint null where a run would begin anew
     * @param intent what a run was about to publish when it was last heard of; null where none was
     * @param replica what survives the disk that the checkpoint's file is on: the same file, up to the checkpoint or
     *     less; null where nothing does
     */
    public record Run(
            Attempts attempts,
            Progress progress,
            @Nullable Cutoff cutoff,
            @Nullable Checkpoint checkpoint,
            @Nullable Artifact intent,
            Checkpoint.@Nullable Replica replica,
            Trace trace) {
        /** Of an export that no worker has taken yet. */
        public static final Run NONE = new Run(Attempts.FIRST, Progress.NONE, null, null, null, null, Trace.NONE);

        public Run {
            Objects.requireNonNull(attempts, "attempts");
            Objects.requireNonNull(progress, "progress");
            Objects.requireNonNull(trace, "trace");
        }
    }

    /**
     * Where it is in a trace, as W3C {@code traceparent}s; null where it is in none.
     *
     * @param start of its last start or retry
     * @param run of its last run, where that one has said so
     */
    public record Trace(@Nullable String start, @Nullable String run) {
        /** Nobody follows it. */
        public static final Trace NONE = new Trace(null, null);
    }

    /**
     * How often it was taken up, and what became of that.
     *
     * @param claim the number of the last claim; 0 before the first
     * @param attempt 1, and one more for each retry and each lost worker; what users see
     * @param losses how often in a row a worker was lost without a new checkpoint between
     * @param failures how often in a row it failed for a cause that may pass
     */
    public record Attempts(long claim, int attempt, int losses, int failures) {
        /** Before the first claim. */
        public static final Attempts FIRST = new Attempts(0, 1, 0, 0);
    }

    /**
     * Its times, in UTC and to the millisecond; null for what has not happened or is not set.
     *
     * @param started when it was first claimed since it was asked for, or for again
     * @param claimed when its last run began
     * @param finished when it was completed, failed or cancelled
     * @param expires until when its file is kept
     * @param notBefore while it waits: not to be claimed earlier; null for at once
     * @param leaseUntil while it runs: until when its worker is believed alive
     */
    public record Times(
            Instant created,
            @Nullable Instant started,
            @Nullable Instant claimed,
            @Nullable Instant finished,
            @Nullable Instant expires,
            @Nullable Instant notBefore,
            @Nullable Instant leaseUntil) {
        public Times {
            Objects.requireNonNull(created, "created");
        }

        /** Of an export that has only been created. */
        public static Times created(Instant created) {
            return new Times(created, null, null, null, null, null, null);
        }
    }

    /**
     * What came of it, and which links lead to that.
     *
     * @param artifact of a completed or expired export
     * @param warnings of a completed or expired export; while there is an intent, those that it would complete with;
     *     empty when all was well
     * @param failure of a failed export, and of one that waits to be tried again
     * @param linkEpoch how often its owner has ended all its links; a link holds for the epoch that it was made in
     */
    public record Outcome(
            @Nullable Artifact artifact,
            List<Warning> warnings,
            @Nullable Failure failure,
            int linkEpoch) {
        /** Of an export that has come to nothing yet. */
        public static final Outcome NONE = new Outcome(null, List.of(), null, 0);

        public Outcome {
            warnings = List.copyOf(warnings);
        }
    }
}
