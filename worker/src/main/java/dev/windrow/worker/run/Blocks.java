package dev.windrow.worker.run;

import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.export.FailureCode;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.run.Failures.RefusedRunException;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The archive as a run fills it: what is encoded becomes blocks, and between two blocks the run's stop signal is looked
 * at and checkpoints are taken. Belongs to the run's thread.
 */
final class Blocks {
    /** A checkpoint is due when this much was encoded since the last, however little time has passed. */
    private static final long CHECKPOINT_BYTES = 64L << 20;
    /** A block of more than this is written before the next row is read: together they would fill memory. */
    private static final int HUGE = 4 << 20;
    /** A checkpoint lists all entries, so with very many of them it is taken less often. */
    private static final long NANOS_OF_ENTRY = Duration.ofMillis(1).toNanos() / 10;

    /** Writes a checkpoint of what the tally says. */
    @FunctionalInterface
    interface Checkpoints {
        void take() throws IOException, StoppedException;
    }

    private final ArchiveWriter archive;
    private final EntryTally tally;
    private final Figures figures;
    private final StopSignal stop;
    private final Checkpoints checkpoints;
    private final Duration interval;
    private final Limits limits;
    private final EncodedBytes encoded = new EncodedBytes();
    private long encodedSinceCheckpoint;
    private long checkpointedAt = System.nanoTime();

    /**
     * @param interval time between two checkpoints
     * @param limits the largest that the archive may be
     */
    Blocks(
            ArchiveWriter archive,
            EntryTally tally,
            Figures figures,
            StopSignal stop,
            Checkpoints checkpoints,
            Duration interval,
            Limits limits) {
        this.archive = archive;
        this.tally = tally;
        this.figures = figures;
        this.stop = stop;
        this.checkpoints = checkpoints;
        this.interval = interval;
        this.limits = limits;
    }

    /** What the next block is made of. */
    EncodedBytes encoded() {
        return encoded;
    }

    void open(String entry, @Nullable List<String> fields) throws IOException {
        tally.open(entry, fields);
        archive.beginEntry(entry);
    }

    /**
     * Ends the block after a row, from which a later run could go on.
     *
     * @param state what that run would need beside the position
     * @param stored whether what is encoded is compressed already
     */
    void end(long rows, String position, Map<String, Long> state, boolean stored) throws IOException, StoppedException {
        append(stored);
        tally.reached(rows, position, state);
        refuseExcess(tally.rows());
        stop.heedInterrupt();
        StopSignal.Reason reason = stop.reason();
        if (reason == StopSignal.Reason.SHUTDOWN || checkpointDue()) {
            checkpoints.take();
            encodedSinceCheckpoint = 0;
            checkpointedAt = System.nanoTime();
        } else {
            figures.reached(tally.rows(), archive.length());
        }
        if (reason != null) {
            throw new StoppedException(reason, "block");
        }
    }

    /**
     * Says how far the open entry is, and looks whether the run is to stop, in the middle of a block: a source may take
     * long to fill one.
     *
     * @param rows of the entry, those of the block in the making among them
     * @throws StoppedException when it is to; what could be kept is
     */
    void heed(long rows) throws IOException, StoppedException {
        stop.heedInterrupt();
        EntryTally.Entry open = tally.last();
        long all = tally.rows() + (open == null ? 0 : rows - open.rows());
        refuseExcess(all);
        figures.reached(all, archive.length());
        StopSignal.Reason reason = stop.reason();
        if (reason != null) {
            if (reason == StopSignal.Reason.SHUTDOWN && open != null && open.isOpen()) {
                checkpoints.take();
            }
            throw new StoppedException(reason, "leg");
        }
    }

    /** Ends the entry with what is encoded. */
    void close(long rows, Map<String, Long> counts, boolean stored) throws IOException {
        append(stored);
        archive.endEntry();
        tally.finish(rows, counts);
        refuseExcess(tally.rows());
        figures.reached(tally.rows(), archive.length());
    }

    /**
     * Makes a block of bytes that are part of no row.
     *
     * @param stored whether they are compressed already
     */
    void append(byte[] bytes, int length, boolean stored) throws IOException {
        encodedSinceCheckpoint += length;
        archive.append(bytes, 0, length, stored);
        refuseExcess(0);
    }

    /** Nothing is cut in silence: an archive that is too large is none. */
    private void refuseExcess(long rows) throws RefusedRunException {
        Long most = limits.maxRows();
        if (most != null && rows > most) {
            throw new RefusedRunException(
                    FailureCode.QUOTA_EXCEEDED,
                    String.format(
                            Locale.ROOT,
                            "The export has more than the %,d rows that it may have; ask for fewer of them by its parameters",
                            most));
        }
        refuseExcess(archive.length(), limits);
    }

    /** Ends a run whose archive has more bytes than it may have. */
    static void refuseExcess(long bytes, Limits limits) throws RefusedRunException {
        Long most = limits.maxBytes();
        if (most != null && bytes > most) {
            throw new RefusedRunException(
                    FailureCode.QUOTA_EXCEEDED,
                    String.format(
                            Locale.ROOT,
                            "The archive has more than the %,d bytes that it may have; ask for fewer rows by its parameters",
                            most));
        }
    }

    private void append(boolean stored) throws IOException {
        if (encoded.length() > 0) {
            boolean huge = encoded.length() > HUGE;
            append(encoded.array(), encoded.length(), stored);
            encoded.clear();
            if (huge) {
                archive.settle();
            }
        }
    }

    private boolean checkpointDue() {
        long nanos = Math.max(interval.toNanos(), tally.entries().size() * NANOS_OF_ENTRY);
        return encodedSinceCheckpoint >= CHECKPOINT_BYTES || System.nanoTime() - checkpointedAt >= nanos;
    }
}
