package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Retention;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the time of files, then of records. A row says that its file has expired before the file is touched, and names
 * it until it is gone, so that a sweep that died between is recovered by the next one, whoever's it is.
 */
public final class Expiry implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final int AT_ONCE = 1_000;

    private final Retention retention;
    private final ArtifactStore artifacts;
    private final Duration recordsKept;
    private final Clock clock;

    /** @param recordsKept how long after its end an export is forgotten */
    public Expiry(Retention retention, ArtifactStore artifacts, Duration recordsKept, Clock clock) {
        this.retention = retention;
        this.artifacts = artifacts;
        this.recordsKept = recordsKept;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Instant recordsBefore = now.minus(recordsKept);
        for (ExportId id : retention.expire(now, recordsBefore)) {
            log.info("export {} expired", id);
        }
        for (Export export : retention.leftovers(AT_ONCE)) {
            remove(export);
        }
        int forgotten = retention.forget(recordsBefore, AT_ONCE);
        if (forgotten > 0) {
            log.info("{} exports that ended before {} are forgotten", forgotten, recordsBefore);
        }
    }

    private void remove(Export export) {
        Artifact artifact = export.artifact();
        if (artifact == null) {
            return;
        }
        try {
            for (String key : artifact.keys()) {
                artifacts.delete(key);
            }
            retention.removed(export.lastClaim());
        } catch (IOException e) {
            log.warn("the file of expired export {} can't be removed yet: {}", export.id(), e.toString());
        }
    }
}
