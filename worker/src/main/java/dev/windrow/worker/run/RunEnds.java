package dev.windrow.worker.run;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.worker.files.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run's export ends, or goes back to the queue: what the status table is told, and which temporary files go. Thread-safe.
 *
 * <p>The status comes first and the files after it, since of a lost claim's files a successor may be copying; but on a full disk the run's
 * own file goes first, or the row may find no room.
 */
final class RunEnds {
    private static final Logger log = LoggerFactory.getLogger(RunEnds.class);
    /** Waits before an export that failed for a cause that may pass is tried again, by how often it failed in a row. */
    private static final Duration[] BACK_OFF = {
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15)
    };

    /**
     * An archive that could not be written or read back is tried anew this often in a row, and only while the export was not tried this
     * often in all: a checkpoint begins the row anew, also one that a later attempt only repeats.
     */
    private static final int SPOILT_IN_A_ROW = 3;

    private static final int SPOILT_IN_ALL = 10;

    private final Exports exports;
    private final ExportRun.Surroundings around;

    RunEnds(Exports exports, ExportRun.Surroundings around) {
        this.exports = exports;
        this.around = around;
    }

    void completed(Export export) {
        removeAll(export);
    }

    void stopped(Export export, StopSignal.Reason reason, Exception cause) {
        log.info("stopped: {}", cause.getMessage());
        if (reason == StopSignal.Reason.SHUTDOWN && exports.handOver(export.lastClaim())) {
            return;
        }
        // A successor may be copying from this file: it is this run's to remove only when nobody goes on with the
        // export.
        if (exports.find(export.id(), export.owner())
                .filter(e -> e.state().isActive())
                .isEmpty()) {
            removeAll(export);
        }
    }

    void failed(Export export, Failure failure, Exception cause) {
        boolean full = failure.code() == FailureCode.STORAGE_FULL;
        boolean spoilt = failure.code() == FailureCode.INTERNAL && cause instanceof IOException;
        if (full || spoilt) {
            // After a failed sync the system may take what it never wrote for written: nothing goes on from this file.
            remove(export.lastClaim());
        }
        if (full && !(cause instanceof StorageFullException)) {
            around.space().relieve();
        }
        Export row = exports.find(export.id(), export.owner()).orElse(export);
        Checkpoint checkpoint = row.checkpoint();
        boolean lost = checkpoint != null && !around.files().has(new Claim(export.id(), checkpoint.claim()));
        // A checkpoint of this run has begun the count anew, if it can be gone on from.
        int failures = lost ? export.failures() : row.failures();
        boolean again = failure.code().mayPass() && failures < BACK_OFF.length
                || spoilt && failures < SPOILT_IN_A_ROW && export.attempt() < SPOILT_IN_ALL;
        if (again) {
            Instant notBefore = now().plus(BACK_OFF[failures]);
            log.warn("failed, tried again in {}: {}", BACK_OFF[failures], cause.getMessage());
            if (lost) {
                exports.tryAnew(export.lastClaim(), failure, notBefore);
            } else {
                exports.tryAgain(export.lastClaim(), failure, notBefore);
            }
        } else {
            log.error("failed: {}", failure.code().id(), cause);
            if (exports.fail(export.lastClaim(), failure, now())) {
                removeAll(export);
            }
        }
    }

    private void remove(Claim claim) {
        try {
            around.files().remove(claim);
        } catch (IOException e) {
            log.warn("left to the janitor: {}", e.getMessage());
        }
    }

    /** This claim's file and those of the claims before it. */
    private void removeAll(Export export) {
        try {
            around.files().removeUpTo(export.lastClaim());
        } catch (IOException e) {
            log.warn("left to the janitor: {}", e.getMessage());
        }
    }

    private Instant now() {
        return around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
