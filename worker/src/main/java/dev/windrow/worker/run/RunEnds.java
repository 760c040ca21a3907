package dev.windrow.worker.run;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Export.Attempts;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Runs;
import dev.windrow.worker.archive.CorruptArchiveException;
import dev.windrow.worker.files.StorageFullException;
import dev.windrow.worker.files.WorkDisk;
import dev.windrow.worker.run.retry.Retry;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run's export ends, or goes back to the queue: what the status table is told, and which temporary files go.
 * Thread-safe.
 *
 * <p>The status comes first and the files after it, since of a lost claim's files a successor may be copying; but on a
 * full disk the run's own file goes first, or the row may find no room.
 */
final class RunEnds {
    private static final Logger log = LoggerFactory.getLogger(RunEnds.class);

    private final Runs runs;
    private final RunResources resources;
    private final WorkDisk disk;

    RunEnds(Runs runs, RunResources resources, WorkDisk disk) {
        this.runs = runs;
        this.resources = resources;
        this.disk = disk;
    }

    void completed(Export export) {
        removeAll(export);
    }

    void stopped(Export export, StopSignal.Reason reason, Exception cause) {
        log.info("stopped: {}", cause.getMessage());
        if (reason == StopSignal.Reason.SHUTDOWN && runs.handOver(export.lastClaim())) {
            return;
        }
        // A successor may be copying from this file: it is this run's to remove only when nobody goes on with the
        // export.
        if (runs.find(export.id()).filter(e -> e.state().isActive()).isEmpty()) {
            removeAll(export);
        }
    }

    void failed(Export export, Failure failure, Exception cause) {
        if (cause instanceof IOException && disk.isBroken()) {
            log.warn("this worker's disk is broken, another goes on: {}", cause.toString());
            runs.handOver(export.lastClaim());
            return;
        }
        boolean full = failure.code() == FailureCode.STORAGE_FULL;
        boolean spoilt = failure.code() == FailureCode.INTERNAL && cause instanceof IOException;
        if (full || spoilt) {
            // After a failed sync the system may take what it never wrote for written: nothing goes on from this file.
            remove(export.lastClaim());
        }
        if (full) {
            disk.rest();
        }
        if (full && !(cause instanceof StorageFullException)) {
            resources.space().relieve();
        }
        Export row = runs.find(export.id()).orElse(export);
        end(export, failure, cause, decide(export, row, failure, spoilt, cause instanceof CorruptArchiveException));
    }

    /** @param wrong the file is not what was written, so what is kept of it elsewhere may be as wrong */
    private Retry decide(Export export, Export row, Failure failure, boolean spoilt, boolean wrong) {
        Checkpoint checkpoint = row.run().checkpoint();
        boolean gone = checkpoint != null && !resources.files().has(new Claim(export.id(), checkpoint.claim()));
        boolean kept = row.run().replica() != null && !wrong;
        // A checkpoint of this run has begun the count anew, if a run can go on from it.
        Attempts attempts = (gone ? export : row).run().attempts();
        return gone && kept
                ? Retry.decideElsewhere(failure.code(), spoilt, attempts)
                : Retry.decide(failure.code(), spoilt, attempts, gone);
    }

    private void end(Export export, Failure failure, Exception cause, Retry retry) {
        if (retry instanceof Retry.Again again) {
            log.warn("failed, tried again in {}: {}", again.after(), cause.getMessage());
            runs.tryAgain(export.lastClaim(), failure, now().plus(again.after()));
        } else if (retry instanceof Retry.Anew anew) {
            log.warn("failed, tried again in {}: {}", anew.after(), cause.getMessage());
            runs.tryAnew(export.lastClaim(), failure, now().plus(anew.after()));
        } else {
            if (cause instanceof Failures.RefusedRunException) {
                // It is nothing that whoever runs the service has to mend.
                log.info("refused: {}: {}", failure.code().id(), cause.getMessage());
            } else {
                log.error("failed: {}", failure.code().id(), cause);
            }
            if (runs.fail(export.lastClaim(), failure, now())) {
                removeAll(export);
            }
        }
    }

    private void remove(Claim claim) {
        try {
            resources.files().remove(claim);
        } catch (IOException e) {
            log.warn("left to the janitor: {}", e.getMessage());
        }
    }

    /** This claim's file and those of the claims before it, and what is kept of them elsewhere. */
    private void removeAll(Export export) {
        resources.files().replicas().remove(export);
        try {
            resources.files().removeUpTo(export.lastClaim());
        } catch (IOException e) {
            log.warn("left to the janitor: {}", e.getMessage());
        }
    }

    private Instant now() {
        return resources.clock().instant();
    }
}
