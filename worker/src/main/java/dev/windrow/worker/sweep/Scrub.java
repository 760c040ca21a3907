package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Retention;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads stored archives again, one at a time, the longest unread first, and expires those that are not what their rows
 * say. What is in another store than the one it sees is not its business: that a file is not here says nothing of it
 * then. Each turn reads a slice and returns, so its pace is the pause between turns and no other sweep waits. What a
 * process that ends has begun is read from the start when its time comes again. Belongs to one thread.
 */
public final class Scrub implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Scrub.class);

    /** How often an archive is read. */
    private static final Duration INTERVAL = Duration.ofDays(1);

    /** After nothing was found: what becomes due by then has waited a day. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Retention retention;
    private final ArtifactStore artifacts;
    private final Artifact.Store own;
    private final long slice;
    private final Clock clock;
    private @Nullable ScrubbedFile open;
    private Instant idleUntil = Instant.MIN;

    /**
     * @param own which exports' archives are in the store
     * @param slice the most bytes that a turn reads
     */
    public Scrub(Retention retention, ArtifactStore artifacts, Artifact.Store own, long slice, Clock clock) {
        this.retention = retention;
        this.artifacts = artifacts;
        this.own = own;
        this.slice = slice;
        this.clock = clock;
    }

    @Override
    public void run() {
        ScrubbedFile file = open == null ? next() : open;
        if (file == null) {
            return;
        }
        open = file;
        try {
            if (file.read(slice)) {
                finish(file);
            }
        } catch (IOException e) {
            // It may be the disk, the network or our own end that does not let us read; that says nothing of the bytes.
            close(file);
            log.error("the file of export {} can't be read: {}", file.export().id(), e.toString());
        }
    }

    private @Nullable ScrubbedFile next() {
        Instant now = clock.instant();
        if (now.isBefore(idleUntil)) {
            return null;
        }
        Optional<Export> due = retention.takeUnchecked(now.minus(INTERVAL), now, own);
        if (due.isEmpty()) {
            idleUntil = now.plus(PAUSE);
            return null;
        }
        Export export = due.get();
        Artifact artifact = export.artifact();
        if (artifact == null) {
            throw new IllegalStateException("completed without artifact: " + export.id());
        }
        try {
            return new ScrubbedFile(export, artifact, artifacts.open(artifact.key()));
        } catch (NoSuchFileException e) {
            condemn(export, "is missing");
        } catch (IOException e) {
            log.error("the file of export {} can't be opened: {}", export.id(), e.toString());
        }
        return null;
    }

    private void finish(ScrubbedFile file) {
        close(file);
        String fault = file.fault();
        if (fault == null) {
            log.debug("the file of export {} is sound", file.export().id());
        } else {
            condemn(file.export(), fault);
        }
    }

    private void close(ScrubbedFile file) {
        open = null;
        try {
            file.close();
        } catch (IOException e) {
            log.debug("the file of export {} did not close: {}", file.export().id(), e.toString());
        }
    }

    private void condemn(Export export, String fault) {
        // Who loses here had no file to lose: it has expired or was deleted while it was read.
        if (retention.condemn(export.lastClaim(), Failure.DAMAGED, clock.instant())) {
            log.error("the file of export {} {}: the export has expired, a retry makes it anew", export.id(), fault);
        }
    }
}
