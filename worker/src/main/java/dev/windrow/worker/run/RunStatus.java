package dev.windrow.worker.run;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run's line to the status table: it says how far the run is, at most four times a second, keeps the lease, and learns when the
 * claim is lost. The run's own thread tells it of rows; the heartbeat speaks for a run whose thread is busy. Thread-safe.
 */
final class RunStatus {
    private static final long WRITE_NANOS = 250_000_000L;
    private static final long BEAT_NANOS = 1_000_000_000L;
    /** One batch may take this long; a run that shows no sign of life for longer is hung and loses its lease. */
    private static final long HUNG_NANOS = Duration.ofMinutes(10).toNanos();

    /** All rows may be written and the export still fail: only a completed one shows 100. */
    private static final double ALMOST = 99.9;

    private final Exports exports;
    private final Claim claim;
    private final Clock clock;
    private final Duration lease;
    private RowRate rate = new RowRate();

    private Phase phase = Phase.ROWS;
    private long rows;
    private long bytes;
    private @Nullable Long total;
    private @Nullable Instant lastRowAt;
    private @Nullable Long resumedFromRow;
    private long writtenAt;
    private long aliveAt;

    RunStatus(Exports exports, Export export, Clock clock, Duration lease) {
        this.exports = exports;
        this.claim = export.lastClaim();
        this.clock = clock;
        this.lease = lease;
        this.total = export.progress().rowsTotal();
        this.resumedFromRow = export.progress().resumedFromRow();
        this.rows = export.progress().rowsWritten();
        this.bytes = export.progress().bytesWritten();
        this.aliveAt = System.nanoTime();
        this.writtenAt = aliveAt - WRITE_NANOS;
        rate.sample(aliveAt, rows);
    }

    /** @param kept rows that need not be read again; null when the run begins anew */
    synchronized void begin(@Nullable Long kept) {
        rows = kept == null ? 0 : kept;
        bytes = kept == null ? 0 : bytes;
        resumedFromRow = kept == null ? resumedFromRow : kept;
        aliveAt = System.nanoTime();
        rate = new RowRate();
        rate.sample(aliveAt, rows);
    }

    Claim claim() {
        return claim;
    }

    synchronized void fix(Cutoff cutoff) throws StoppedException {
        won("cutoff", exports.fixCutoff(claim, cutoff));
    }

    /** Rows of all files and bytes of the archive so far; written to the table if the last write is long enough ago. */
    synchronized void reached(long rowsWritten, long bytesWritten) throws StoppedException {
        note(rowsWritten, bytesWritten);
        if (System.nanoTime() - writtenAt >= WRITE_NANOS) {
            write();
        }
    }

    synchronized void enter(Phase next) throws StoppedException {
        phase = next;
        aliveAt = System.nanoTime();
        write();
    }

    /** The run's thread gets on with something that shows in no figure. */
    synchronized void alive() {
        aliveAt = System.nanoTime();
    }

    synchronized void counted(long rowsTotal) {
        total = rowsTotal;
    }

    synchronized void checkpoint(Checkpoint checkpoint) throws StoppedException {
        note(checkpoint.rows(), checkpoint.length());
        won("checkpoint", exports.checkpoint(claim, checkpoint, progress(), leaseUntil()));
        writtenAt = System.nanoTime();
    }

    synchronized void intend(Artifact artifact) throws StoppedException {
        won("publishing", exports.intend(claim, artifact, leaseUntil()));
    }

    synchronized void complete(Artifact artifact, Duration retention) throws StoppedException {
        Instant now = now();
        rows = artifact.entries().stream().mapToLong(Artifact.Entry::rows).sum();
        bytes = artifact.bytes();
        won("completion", exports.complete(claim, artifact, progress(), now, now.plus(retention)));
    }

    /**
     * Speaks for a run whose own thread has not written for a while.
     *
     * @return false when the claim is lost
     */
    synchronized boolean beat() {
        long nanos = System.nanoTime();
        if (nanos - writtenAt < BEAT_NANOS || nanos - aliveAt > HUNG_NANOS) {
            return true;
        }
        try {
            write();
            return true;
        } catch (StoppedException e) {
            return false;
        }
    }

    private void note(long rowsWritten, long bytesWritten) {
        aliveAt = System.nanoTime();
        if (rowsWritten > rows) {
            lastRowAt = now();
        }
        rows = rowsWritten;
        bytes = bytesWritten;
        rate.sample(aliveAt, rows);
    }

    private void write() throws StoppedException {
        won("progress", exports.progress(claim, progress(), leaseUntil()));
        writtenAt = System.nanoTime();
    }

    private Progress progress() {
        Long all = total;
        // Rows may have come since the count, up to the bound: a total below what is written would be a lie.
        Long shown = all == null ? null : Long.valueOf(Math.max(all, rows));
        Double percent = shown == null ? null : Double.valueOf(shown == 0 ? 0 : Math.min(ALMOST, 100.0 * rows / shown));
        long perSecond = phase == Phase.ROWS ? rate.perSecond(System.nanoTime(), rows) : 0;
        return new Progress(phase, rows, shown, percent, bytes, perSecond, lastRowAt, resumedFromRow);
    }

    private Instant leaseUntil() {
        return now().plus(lease);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void won(String change, boolean won) throws StoppedException {
        if (!won) {
            throw StoppedException.lost(change);
        }
    }
}
