package dev.windrow.worker.run;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.Warning;
import dev.windrow.worker.files.Inheritance.Inherited;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's line to the status table: it writes the run's {@link Figures}, at most four times a second, keeps the lease,
 * and learns when the claim is lost. The heartbeat writes what the run has noted, so that the commits of progress cost
 * the run no time. What must be on the disk before the run goes on, a checkpoint, the intent and the end, the run's
 * thread writes itself. Thread-safe.
 */
final class StatusLine {
    private static final Logger log = LoggerFactory.getLogger(StatusLine.class);
    private static final long WRITE_NANOS = 250_000_000L;
    private static final long BEAT_NANOS = 1_000_000_000L;

    private final Runs runs;
    private final Claim claim;
    private final Figures figures;
    private final RunSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Insistence insistence;
    /** Held while the table is written, so that an older figure never comes after a newer one. */
    private final Lock writing = new ReentrantLock();

    private volatile @Nullable Cutoff unwrittenCutoff;
    /** Read and written while {@link #writing} is held, as is what follows. */
    private boolean ended;

    private boolean outdatedReplica;
    private long writtenAt;

    /**
     * @param nanos a time as {@link System#nanoTime} has it
     * @param insistence waits where the run's thread writes itself; the heartbeat has its next turn
     */
    StatusLine(
            Runs runs,
            Claim claim,
            Figures figures,
            RunSettings settings,
            Clock clock,
            LongSupplier nanos,
            Insistence insistence) {
        this.insistence = insistence;
        this.runs = runs;
        this.claim = claim;
        this.figures = figures;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.writtenAt = nanos.getAsLong() - WRITE_NANOS;
    }

    Claim claim() {
        return claim;
    }

    /** What is written here. */
    Figures figures() {
        return figures;
    }

    /**
     * What the export ends at. It is written before anything that another run could go on from, so a kill before leaves
     * nothing of it. Waits for nothing.
     */
    void fix(Cutoff cutoff) {
        unwrittenCutoff = cutoff;
    }

    /** Says what the run begins with, where that is not what the row has. */
    void begin(Export export, Inherited inherited) throws StoppedException {
        Checkpoint checkpoint = inherited.checkpoint();
        figures.begin(checkpoint == null ? null : checkpoint.rows());
        write(() -> {
            // Until then somebody who has what it takes may still go on from it.
            outdatedReplica = inherited.replica() == null && export.run().replica() != null;
            if (checkpoint != null && !checkpoint.equals(export.run().checkpoint())) {
                won("beginning", runs.adopt(claim, checkpoint));
                figures.reached(checkpoint.rows(), checkpoint.length());
            }
        });
    }

    void checkpoint(Checkpoint checkpoint) throws StoppedException {
        figures.reached(checkpoint.rows(), checkpoint.length());
        write(() -> {
            writeCutoff();
            dropReplica();
            won("checkpoint", runs.checkpoint(claim, checkpoint, takeProgress(), leaseUntil()));
        });
    }

    /** @param warnings kept with what is about to be published, since it may be another run that completes it */
    void intend(Artifact artifact, List<Warning> warnings) throws StoppedException {
        write(() -> {
            won("publishing", runs.intend(claim, artifact, warnings, unwrittenCutoff, leaseUntil()));
            unwrittenCutoff = null;
        });
    }

    void complete(Artifact artifact, Duration retention) throws StoppedException {
        Instant now = clock.instant();
        figures.reached(artifact.rows(), artifact.bytes());
        write(() -> {
            Progress progress = takeProgress();
            won("completion", runs.complete(claim, artifact, progress, now, now.plus(retention)));
            ended = true;
        });
    }

    /** The heartbeat gets its turn between two tries: it is what learns of a lost claim, and of a run that hangs. */
    private void write(Insistence.Telling change) throws StoppedException {
        insistence.until(() -> {
            writing.lock();
            try {
                change.tell();
            } finally {
                writing.unlock();
            }
        });
    }

    /**
     * Writes what there is to be told, or that the run lives.
     *
     * @return false when the claim is lost, or the run is hung, which comes to the same: its lease lapses
     */
    boolean beat() {
        writing.lock();
        try {
            if (!ended && figures.isSilentFor(settings.hungAfter())) {
                log.warn("export {} shows no sign of life for {}: given up", claim.id(), settings.hungAfter());
                return false;
            }
            if (ended || !isBeatDue()) {
                return true;
            }
            writeCutoff();
            writeProgress();
            return true;
        } catch (StoppedException e) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    private boolean isBeatDue() {
        return nanos.getAsLong() - writtenAt >= (figures.hasNews() ? WRITE_NANOS : BEAT_NANOS);
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
                if (figures.hasNews()) {
                    writeProgress();
                }
            }
        } catch (StoppedException | ExportsUnavailableException e) {
            // Then the end can't be written either, and nobody has seen the cutoff.
            log.debug("last progress not kept", e);
        } finally {
            writing.unlock();
        }
    }

    private void writeProgress() throws StoppedException {
        won("progress", runs.progress(claim, takeProgress(), leaseUntil()));
    }

    private void writeCutoff() throws StoppedException {
        Cutoff cutoff = unwrittenCutoff;
        if (cutoff != null) {
            won("cutoff", runs.fixCutoff(claim, cutoff));
            unwrittenCutoff = null;
        }
    }

    /** Before the checkpoint: a replica is of the file that the row's checkpoint is a place in. */
    private void dropReplica() throws StoppedException {
        if (outdatedReplica) {
            won("replica", runs.replicate(claim, null));
            outdatedReplica = false;
        }
    }

    private Progress takeProgress() {
        writtenAt = nanos.getAsLong();
        return figures.take();
    }

    private Instant leaseUntil() {
        return clock.instant().plus(settings.lease());
    }

    private static void won(String change, boolean won) throws StoppedException {
        if (!won) {
            throw StoppedException.lost(change);
        }
    }
}
