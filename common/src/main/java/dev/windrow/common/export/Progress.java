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
 * @param rowsPerSecond over the last seconds
 * @param lastRowAt when a row was last written; null before the first
 * @param resumedFromRow rows that the last recovery had not to read again; null if none were kept
 */
public record Progress(
        Phase phase,
        long rowsWritten,
        @Nullable Long rowsTotal,
        @Nullable Double percent,
        long bytesWritten,
        long rowsPerSecond,
        @Nullable Instant lastRowAt,
        @Nullable Long resumedFromRow) {
    /** Of an export that no worker has taken yet. */
    public static final Progress NONE = new Progress(Phase.WAITING, 0, null, null, 0, 0, null, null);

    public Progress {
        Objects.requireNonNull(phase, "phase");
    }
}
