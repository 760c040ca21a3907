package dev.windrow.api.archive;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Retention;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens finished archives. One that is not there, or has another length than its row says, is withdrawn at once, as the
 * worker's reading of stored archives would do within a day. One that is in another store than the one this process
 * sees is neither damaged nor gone: whoever asked is told to ask again. Safe for use by many threads.
 */
final class StoredArchives {
    private static final Logger log = LoggerFactory.getLogger(StoredArchives.class);

    private final ArtifactStore artifacts;
    private static final Duration TOLD = Duration.ofMinutes(1);
    private static final int RETRY_SECONDS = 5;

    private final Artifact.Store own;
    private final Retention retention;
    private final Clock clock;
    /** When it was, in epoch milliseconds. */
    private final AtomicLong told = new AtomicLong();

    StoredArchives(ArtifactStore artifacts, Artifact.Store own, Retention retention, Clock clock) {
        this.artifacts = artifacts;
        this.own = own;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Opens the archive, so that it can be read to its end whatever becomes of it. The caller closes it. Ends the
     * request where it is damaged, or not within reach: wrong bytes are never sent.
     */
    SeekableByteChannel open(Archive archive) throws IOException {
        SeekableByteChannel channel;
        try {
            channel = artifacts.open(archive.key());
        } catch (NoSuchFileException e) {
            throw own.mustHold(archive.artifact()) ? withdrawn(archive, "is missing") : elsewhere(archive);
        } catch (IOException e) {
            throw unreachable(archive, e);
        }
        try {
            long bytes = channel.size();
            if (bytes != archive.bytes()) {
                if (!own.mayHold(archive.artifact())) {
                    throw elsewhere(archive);
                }
                throw withdrawn(archive, "has " + bytes + " bytes, not " + archive.bytes() + " as its row says");
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Opens the list of the archive's blocks. The caller closes it. Ends the request where the archive could not be had
     * either, for a list alone is of no use; and where the list has gone or can't be opened by itself, which takes
     * nothing from the archive, and which asking again would not mend.
     */
    SeekableByteChannel openBlocks(Archive archive) throws IOException {
        open(archive).close();
        try {
            return artifacts.open(archive.artifact().blocksKey());
        } catch (NoSuchFileException e) {
            throw noList();
        } catch (FileSystemException e) {
            if (isToBeTold()) {
                log.error("the list of the blocks of export {} can't be opened: {}", archive.export(), e.toString());
            }
            throw noList();
        } catch (IOException e) {
            throw unreachable(archive, e);
        }
    }

    private static ProblemException noList() {
        return new ProblemException(
                ProblemType.NOT_FOUND, "The list of the archive's blocks is not there; download the archive.");
    }

    private ProblemException withdrawn(Archive archive, String fault) {
        // Where the file has been deleted since the row was read, by its owner or by a sweep, there is nothing to say.
        if (retention.condemn(archive.claim(), Failure.DAMAGED, clock.instant())) {
            log.error(
                    "the file of export {} {}: the export has expired, a retry makes it anew", archive.export(), fault);
        }
        return new ProblemException(ProblemType.EXPIRED, Failure.DAMAGED.detail());
    }

    private ProblemException elsewhere(Archive archive) {
        String store = archive.artifact().store();
        if (isToBeTold()) {
            log.error(
                    "the file of export {} is in store {}, and this process sees another: give all processes the same"
                            + " windrow.artifacts.url, or mount the folder that it is in",
                    archive.export(),
                    store == null ? "of no name" : store);
        }
        return outOfReach();
    }

    private ProblemException unreachable(Archive archive, IOException cause) {
        if (isToBeTold()) {
            log.error("the file of export {} can't be opened: {}", archive.export(), cause.toString());
        }
        return outOfReach();
    }

    /**
     * Once in a while: every download of every file may meet it. A clock that was set back must not make it silent
     * until it has caught up.
     */
    private boolean isToBeTold() {
        long now = clock.millis();
        long last = told.get();
        return Math.abs(now - last) >= TOLD.toMillis() && told.compareAndSet(last, now);
    }

    private static ProblemException outOfReach() {
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The file is not within reach of the server that was asked; ask again, which may reach another.")
                .withRetryAfter(RETRY_SECONDS);
    }
}
