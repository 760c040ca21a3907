package dev.windrow.common.export;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is: absolute figures, never differences.
 *
 * @param rowsWritten rows (of all files) in the temporary archive
 * @param rowsTotal rows that will be written; null until it is known, and where it is not counted
 * @param percent 0 to 100, the highest ever shown of this export; null while {@code rowsTotal} is; 100 only of a
 *     completed one
 * @param bytesWritten length of the temporary archive, or of the finished one
 * @param pace how fast rows come
 * @param resumedFromRow rows that the last recovery had not to read again; null if none were kept
 */
public record Progress(
        Phase phase,
        long rowsWritten,
        @Nullable Long rowsTotal,
        @Nullable Double percent,
        long bytesWritten,
        Pace pace,
        @Nullable Long resumedFromRow) {
    /** Of an export that no worker has taken yet. */
    public static final Progress NONE = new Progress(Phase.WAITING, 0, null, null, 0, Pace.NONE, null);

    public Progress {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(pace, "pace");
    }

    /**
     * How fast rows come.
     *
     * @param rowsPerSecond over the last seconds
     * @param lastRowAt when a row was last written; null before the first
     */
    public record Pace(long rowsPerSecond, @Nullable Instant lastRowAt) {
        /** Of a run without a row. */
        public static final Pace NONE = new Pace(0, null);
    }

    public long rowsPerSecond() {
        return pace.rowsPerSecond;
    }

    public @Nullable Instant lastRowAt() {
        return pace.lastRowAt;
    }
}
