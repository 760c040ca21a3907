package dev.windrow.api.archive;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Retention;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens finished archives. One that is not there, or has another length than its row says, is withdrawn at once, as the
 * worker's reading of stored archives would do within a day. Safe for use by many threads.
 */
final class StoredArchives {
    private static final Logger log = LoggerFactory.getLogger(StoredArchives.class);

    private final ArtifactStore artifacts;
    private final Retention retention;
    private final Clock clock;

    StoredArchives(ArtifactStore artifacts, Retention retention, Clock clock) {
        this.artifacts = artifacts;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Opens the archive, so that it can be read to its end whatever becomes of it. The caller closes it. Ends the
     * request where it is damaged: wrong bytes are never sent.
     *
     * @throws IOException when the store can't be reached
     */
    SeekableByteChannel open(Archive archive) throws IOException {
        SeekableByteChannel channel;
        try {
            channel = artifacts.open(archive.key());
        } catch (NoSuchFileException e) {
            throw withdrawn(archive, "is missing");
        }
        try {
            long bytes = channel.size();
            if (bytes != archive.bytes()) {
                throw withdrawn(archive, "has " + bytes + " bytes, not " + archive.bytes() + " as its row says");
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private ProblemException withdrawn(Archive archive, String fault) {
        // Where the file has been deleted since the row was read, by its owner or by a sweep, there is nothing to say.
        if (retention.condemn(archive.claim(), Failure.DAMAGED, clock.instant())) {
            log.error(
                    "the file of export {} {}: the export has expired, a retry makes it anew", archive.export(), fault);
        }
        return new ProblemException(ProblemType.EXPIRED, Failure.DAMAGED.detail());
    }
}
