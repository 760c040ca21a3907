package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.ExportSizes.Unfinished;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an export be started only where there is room for it beside all that wait and run. Archives are estimated: a new
 * one at the mean of the dataset's last archives, one that runs and whose rows are counted by what its rows have taken
 * so far. What the table says is asked once a second at most, and the starts between are added. Thread-safe.
 */
final class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    /**
     * Of a dataset that was never exported. Small: a run that finds no room is tried again, one that is not admitted
     * never runs.
     */
    private static final long UNKNOWN_BYTES = 1 << 20;

    private static final int ARCHIVES = 20;
    /** Rows from which an export's own bytes per row say more than its dataset's past. */
    private static final long TELLING_ROWS = 10_000;

    private static final long NEEDS_NANOS = 1_000_000_000L;
    private static final long MEAN_NANOS = 30_000_000_000L;
    private static final int RETRY_SECONDS = 30;

    private final ExportSizes sizes;
    private final Storage storage;
    private final Map<String, Mean> means = new ConcurrentHashMap<>();
    private long needs;
    private long needsAt;

    private record Mean(long bytes, long at) {}

    Admission(ExportSizes sizes, Storage storage) {
        this.sizes = sizes;
        this.storage = storage;
        this.needsAt = System.nanoTime() - NEEDS_NANOS;
    }

    /** Ends the request where there is no room for an export of that dataset; else counts it among those that wait. */
    synchronized void admit(String dataset) {
        long wanted = mean(dataset);
        long others = needs();
        long left = left();
        if (wanted > left - others) {
            log.warn(
                    "no room for an export of {}: {} bytes left, of which others need {}, and it about {}",
                    dataset,
                    left,
                    others,
                    wanted);
            throw new ProblemException(
                            ProblemType.STORAGE_FULL,
                            "There is not enough disk for this export beside those that wait and run; nothing was started.")
                    .withRetryAfter(RETRY_SECONDS);
        }
        needs += wanted;
    }

    private long left() {
        try {
            return storage.left();
        } catch (IOException e) {
            log.warn("The disk can't be asked for its free space", e);
            throw new ProblemException(ProblemType.UNAVAILABLE, "The service can't reach its storage.")
                    .withRetryAfter(RETRY_SECONDS);
        }
    }

    private long needs() {
        if (System.nanoTime() - needsAt >= NEEDS_NANOS) {
            needs = sizes.unfinished().stream().mapToLong(this::need).sum();
            needsAt = System.nanoTime();
        }
        return needs;
    }

    private long need(Unfinished export) {
        long archive = archive(export);
        // What waits is copied to a new file first, so all of it is still to be written.
        return export.running() ? Math.max(0, archive - export.bytesWritten()) : archive;
    }

    private long archive(Unfinished export) {
        Long total = export.rowsTotal();
        return total == null || export.rowsWritten() < TELLING_ROWS
                ? mean(export.dataset())
                : (long) ((double) export.bytesWritten() / export.rowsWritten() * total);
    }

    private long mean(String dataset) {
        long now = System.nanoTime();
        Mean known = means.get(dataset);
        if (known == null || now - known.at >= MEAN_NANOS) {
            List<Long> archives = sizes.archives(dataset, ARCHIVES);
            known = new Mean(
                    (long) archives.stream()
                            .mapToLong(Long::longValue)
                            .average()
                            .orElse(UNKNOWN_BYTES),
                    now);
            means.put(dataset, known);
        }
        return known.bytes;
    }
}
