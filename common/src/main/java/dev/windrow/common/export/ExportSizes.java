package dev.windrow.common.export;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What exports take of the disk, as the status table knows it: for estimates. Safe for use by many threads. All calls
 * block for one short query and throw {@link ExportsUnavailableException} when the database can't be reached.
 */
public interface ExportSizes {
    /** Every export that is queued or running, of whomever, in no order. */
    List<Unfinished> unfinished();

    /**
     * The lengths in bytes of the dataset's last archives, newest first, at most {@code limit}; of those too that have
     * expired.
     */
    List<Long> archives(String dataset, int limit);

    /**
     * An export that is not at its end.
     *
     * @param running false while it waits
     * @param rowsTotal rows that will be written; null where that is not known
     * @param bytesWritten length of its temporary archive; while it waits, of what it goes on from
     */
    record Unfinished(
            String dataset, boolean running, @Nullable Long rowsTotal, long rowsWritten, long bytesWritten) {
        public Unfinished {
            Objects.requireNonNull(dataset, "dataset");
        }
    }
}
