package dev.windrow.worker.run;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.Warning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's line to the status table: it says how far the run is, at most four times a second, keeps the lease, and
 * learns when the claim is lost. The run's own thread tells it of rows and waits for nothing; the heartbeat writes what
 * was told, so that the commits of progress cost the run no time. What must be on the disk before the run goes on, a
 * checkpoint, the intent and the end, the run's thread writes itself. Thread-safe.
 */
final class StatusLine {
    private static final Logger log = LoggerFactory.getLogger(StatusLine.class);
    private static final long WRITE_NANOS = 250_000_000L;
    private static final long BEAT_NANOS = 1_000_000_000L;

    /** All rows may be written and the export still fail: only a completed one shows 100. */
    private static final double ALMOST = 99.9;

    private final Runs runs;
    private final Claim claim;
    private final Clock clock;
    private final RunSettings settings;
    /**
     * Held while the table is written, so that an older figure never comes after a newer one; never taken within the
     * monitor.
     */
    private final Lock writing = new ReentrantLock();

    private RowRate rate = new RowRate();
    private @Nullable Cutoff unwrittenCutoff;
    private boolean unwritten;
    private boolean ended;
    private Phase phase = Phase.ROWS;
    private long rows;
    private long bytes;
    private @Nullable Long total;
    private @Nullable Instant lastRowAt;
    private @Nullable Long resumedFromRow;
    private long writtenAt;
    private long aliveAt;

    StatusLine(Runs runs, Export export, Clock clock, RunSettings settings) {
        this.runs = runs;
        this.claim = export.lastClaim();
        this.clock = clock;
        this.settings = settings;
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
        resumedFromRow = kept;
        aliveAt = System.nanoTime();
        rate = new RowRate();
        rate.sample(aliveAt, rows);
    }

    Claim claim() {
        return claim;
    }

    /**
     * What the export ends at. It is written before anything that another run could go on from, so a kill before leaves
     * nothing of it.
     */
    synchronized void fix(Cutoff cutoff) {
        unwrittenCutoff = cutoff;
    }

    /** Rows of all files and bytes of the archive so far. */
    synchronized void reached(long rowsWritten, long bytesWritten) {
        note(rowsWritten, bytesWritten);
    }

    synchronized void enter(Phase next) {
        phase = next;
        aliveAt = System.nanoTime();
        unwritten = true;
    }

    /** The run's thread gets on with something that shows in no figure. */
    synchronized void alive() {
        aliveAt = System.nanoTime();
    }

    synchronized void counted(long rowsTotal) {
        total = rowsTotal;
        unwritten = true;
    }

    /** The rows that were counted; null where they were not, or not yet. */
    synchronized @Nullable Long counted() {
        return total;
    }

    void checkpoint(Checkpoint checkpoint) throws StoppedException {
        reached(checkpoint.rows(), checkpoint.length());
        writing.lock();
        try {
            writeCutoff();
            won("checkpoint", runs.checkpoint(claim, checkpoint, takeProgress(), leaseUntil()));
        } finally {
            writing.unlock();
        }
    }

    /** @param warnings kept with what is about to be published, since it may be another run that completes it */
    void intend(Artifact artifact, List<Warning> warnings) throws StoppedException {
        writing.lock();
        try {
            won("publishing", runs.intend(claim, artifact, warnings, unwrittenCutoff(), leaseUntil()));
            cutoffWritten();
        } finally {
            writing.unlock();
        }
    }

    void complete(Artifact artifact, Duration retention) throws StoppedException {
        Instant now = now();
        reached(artifact.rows(), artifact.bytes());
        writing.lock();
        try {
            Progress progress = takeProgress();
            won("completion", runs.complete(claim, artifact, progress, now, now.plus(retention)));
            ended = true;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes what there is to be told, or that the run lives.
     *
     * @return false when the claim is lost, or the run is hung, which comes to the same: its lease lapses
     */
    boolean beat() {
        writing.lock();
        try {
            if (!ended && isHung()) {
                log.warn("export {} shows no sign of life for {}: given up", claim.id(), settings.hungAfter());
                return false;
            }
            if (ended || !isBeatDue()) {
                return true;
            }
            writeCutoff();
            won("progress", runs.progress(claim, takeProgress(), leaseUntil()));
            return true;
        } catch (StoppedException e) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    private synchronized boolean isHung() {
        return System.nanoTime() - aliveAt > settings.hungAfter().toNanos();
    }

    private synchronized boolean isBeatDue() {
        return System.nanoTime() - writtenAt >= (unwritten ? WRITE_NANOS : BEAT_NANOS);
    }

    /**
     * Writes what is not written yet when a run ends without completing: an export that waits or has failed shows all
     * that was done, and its next attempt ends at the same rows.
     */
    void leave() {
        writing.lock();
        try {
            if (!ended) {
                writeCutoff();
                writeUnwritten();
            }
        } catch (StoppedException | ExportsUnavailableException e) {
            // Then the end can't be written either, and nobody has seen the cutoff.
            log.debug("last progress not kept", e);
        } finally {
            writing.unlock();
        }
    }

    private void writeUnwritten() throws StoppedException {
        if (isUnwritten()) {
            won("progress", runs.progress(claim, takeProgress(), leaseUntil()));
        }
    }

    private synchronized boolean isUnwritten() {
        return unwritten;
    }

    private void writeCutoff() throws StoppedException {
        Cutoff cutoff = unwrittenCutoff();
        if (cutoff != null) {
            won("cutoff", runs.fixCutoff(claim, cutoff));
            cutoffWritten();
        }
    }

    private synchronized @Nullable Cutoff unwrittenCutoff() {
        return unwrittenCutoff;
    }

    private synchronized void cutoffWritten() {
        unwrittenCutoff = null;
    }

    private void note(long rowsWritten, long bytesWritten) {
        aliveAt = System.nanoTime();
        if (rowsWritten > rows) {
            lastRowAt = now();
        }
        rows = rowsWritten;
        bytes = bytesWritten;
        unwritten = true;
        rate.sample(aliveAt, rows);
    }

    private synchronized Progress takeProgress() {
        unwritten = false;
        writtenAt = System.nanoTime();
        Long all = total;
        // Rows may have come since the count, up to the bound: a total below what is written would be a lie.
        Long shown = all == null ? null : Long.valueOf(Math.max(all, rows));
        Double percent = shown == null ? null : Double.valueOf(shown == 0 ? 0 : Math.min(ALMOST, 100.0 * rows / shown));
        long perSecond = phase == Phase.ROWS ? rate.perSecond(System.nanoTime(), rows) : 0;
        return new Progress(phase, rows, shown, percent, bytes, perSecond, lastRowAt, resumedFromRow);
    }

    private Instant leaseUntil() {
        return now().plus(settings.lease());
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
