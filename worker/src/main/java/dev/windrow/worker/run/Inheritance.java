package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a claim takes over from those before it: an archive that was whole and about to be published, or the part that was synced.
 * Thread-safe.
 */
final class Inheritance {
    private static final Logger log = LoggerFactory.getLogger(Inheritance.class);
    private static final int BUFFER = 1 << 16;

    private final ArtifactStore artifacts;
    private final WorkFiles files;

    Inheritance(ArtifactStore artifacts, WorkFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    /**
     * Publishes what an earlier claim said it was about to publish, if the file is still there and still that. It is published under
     * the name that the earlier claim gave it, out of the file that the earlier claim sealed: so whoever does it, and if a zombie does
     * it once more, it is the same step with the same end.
     *
     * @param read told how many bytes were read, often; what it throws ends the reading
     * @return what is published now, durably; empty when the archive has to be made
     */
    Optional<Artifact> published(Export export, LongConsumer read) throws IOException {
        Artifact intent = export.intent();
        if (intent == null) {
            return Optional.empty();
        }
        Path sealed = files.of(intent.key());
        try {
            if (Files.exists(sealed) && !isThat(Files.newByteChannel(sealed), intent, read)) {
                // It was synced and read back before it was intended, so the disk is at fault: nobody shall publish it.
                Files.deleteIfExists(sealed);
            } else if (Files.exists(sealed) || isThat(artifacts.open(intent.key()), intent, read)) {
                // Also where it is in the store: the claim before may have died before the folder was synced.
                artifacts.publish(sealed, intent.key());
                return Optional.of(intent);
            }
        } catch (NoSuchFileException e) {
            log.debug("nowhere: {}", e.getMessage());
        }
        log.warn("the archive that claim {} had sealed is gone or spoilt: it is made again", intent.key());
        return Optional.empty();
    }

    private static boolean isThat(SeekableByteChannel opened, Artifact intent, LongConsumer read) throws IOException {
        try (SeekableByteChannel file = opened) {
            if (file.size() != intent.bytes()) {
                return false;
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (file.read(buffer) >= 0) {
                buffer.flip();
                read.accept(buffer.remaining());
                digest.update(buffer);
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest()).equals(intent.sha256());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * The checkpoint to go on from, its bytes copied to this claim's own file; null to begin anew, with no file.
     *
     * @param read as in {@link #published}
     */
    @Nullable Checkpoint adopted(Export export, LongConsumer read) throws IOException {
        files.free(export.lastClaim());
        Checkpoint checkpoint = export.checkpoint();
        if (checkpoint == null) {
            return null;
        }
        Claim earlier = new Claim(export.id(), checkpoint.claim());
        if (files.adopt(earlier, checkpoint.length(), export.lastClaim(), read)) {
            return checkpoint;
        }
        log.warn("begins anew: the file of claim {} is gone or shorter than its checkpoint", checkpoint.claim());
        files.removeUpTo(export.lastClaim());
        return null;
    }
}
