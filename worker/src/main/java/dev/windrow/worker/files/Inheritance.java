package dev.windrow.worker.files;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.worker.archive.DeflatePool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a claim takes over from those before it: an archive that was whole and about to be published, or the part that
 * was synced. Thread-safe.
 */
public final class Inheritance {
    private static final Logger log = LoggerFactory.getLogger(Inheritance.class);
    private static final int BUFFER = 1 << 16;

    private final ArtifactStore artifacts;
    private final WorkFiles files;
    private final DeflatePool deflate;

    /** @param deflate whose engine a checkpoint must have been made by */
    public Inheritance(ArtifactStore artifacts, WorkFiles files, DeflatePool deflate) {
        this.artifacts = artifacts;
        this.files = files;
        this.deflate = deflate;
    }

    /**
     * Publishes what an earlier claim said it was about to publish, if the file is still there and still that. It is
     * published under the name that the earlier claim gave it, out of the file that the earlier claim sealed: so
     * whoever does it, and if a zombie does it once more, it is the same step with the same end.
     *
     * @param read told how many bytes were read, often; what it throws ends the reading
     * @return what is published now, durably; empty when the archive has to be made
     */
    public Optional<Artifact> published(Export export, LongConsumer read) throws IOException {
        Artifact intent = export.run().intent();
        if (intent == null) {
            return Optional.empty();
        }
        Path sealed = files.of(intent.writtenAs());
        try {
            if (Files.exists(sealed) && !isThat(Files.newByteChannel(sealed), intent, read)) {
                // It was synced and read back before it was intended, so the disk is at fault: nobody shall publish it.
                Files.deleteIfExists(sealed);
            } else if (Files.exists(sealed)) {
                files.publish(intent, artifacts);
                return Optional.of(intent);
            } else if (isThat(artifacts.open(intent.key()), intent, read)) {
                publishAgain(intent, sealed);
                return Optional.of(intent);
            }
        } catch (NoSuchFileException e) {
            log.debug("nowhere: {}", e.getMessage());
        }
        log.warn(
                "the archive that claim {} had sealed, or the list of its blocks, is gone or spoilt: it is made again",
                intent.writtenAs());
        return Optional.empty();
    }

    /**
     * It is in the store, but the claim before may have died before the folder was synced. An archive without its list
     * is whole.
     */
    private void publishAgain(Artifact intent, Path sealed) throws IOException {
        try {
            files.publish(intent, artifacts);
        } catch (NoSuchFileException e) {
            log.warn("the archive that claim {} had published has no list of its blocks", intent.writtenAs());
            artifacts.publish(sealed, intent.key());
        }
    }

    private static boolean isThat(SeekableByteChannel opened, Artifact intent, LongConsumer read) throws IOException {
        try (SeekableByteChannel file = opened) {
            if (file.size() != intent.bytes()) {
                return false;
            }
            Sha256 sha256 = new Sha256();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (file.read(buffer) >= 0) {
                buffer.flip();
                read.accept(buffer.remaining());
                sha256.update(buffer.array(), 0, buffer.limit());
                buffer.clear();
            }
            return sha256.hex().equals(intent.sha256());
        }
    }

    /**
     * The checkpoint to go on from, its bytes copied to this claim's own file; null to begin anew. Files of earlier
     * claims stay what they are until this one has a checkpoint of its own: another engine may still go on from them,
     * or a successor if this claim is lost already.
     *
     * @param read as in {@link #published}
     */
    public @Nullable Checkpoint adopted(Export export, LongConsumer read) throws IOException {
        files.free(export.lastClaim());
        Checkpoint checkpoint = export.run().checkpoint();
        if (checkpoint == null) {
            return null;
        }
        String engine = deflate.engine(checkpoint.level());
        if (!engine.equals(checkpoint.engine())) {
            log.warn(
                    "begins anew: the engine {} has made what claim {} had synced, and this worker's is {}, which may make other bytes",
                    checkpoint.engine() == null ? "of an earlier version" : checkpoint.engine(),
                    checkpoint.claim(),
                    engine);
            return null;
        }
        Claim earlier = new Claim(export.id(), checkpoint.claim());
        if (files.adopt(earlier, checkpoint.length(), export.lastClaim(), read)) {
            return checkpoint;
        }
        log.warn("begins anew: the file of claim {} is gone or shorter than its checkpoint", checkpoint.claim());
        return null;
    }
}
