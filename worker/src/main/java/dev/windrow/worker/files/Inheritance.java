package dev.windrow.worker.files;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.worker.archive.DeflatePool;
import java.io.IOException;
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

    private final Publishing publishing;
    private final WorkFiles files;
    private final RunSpace space;
    private final DeflatePool deflate;

    /** @param deflate whose engine a checkpoint must have been made by */
    public Inheritance(Publishing publishing, WorkFiles files, RunSpace space, DeflatePool deflate) {
        this.publishing = publishing;
        this.files = files;
        this.space = space;
        this.deflate = deflate;
    }

    /**
     * What a claim begins with.
     *
     * @param checkpoint the place to go on from, in this claim's own file; null to begin anew
     * @param replica what of that file's beginning survives this machine; null for nothing
     */
    public record Inherited(
            @Nullable Checkpoint checkpoint, @Nullable Replica replica) {
        /** Of a run that begins anew. */
        static final Inherited NOTHING = new Inherited(null, null);
    }

    /**
     * Publishes what an earlier claim said it was about to publish, if the file is still there and still that. It is
     * published under the name that the earlier claim gave it, out of the file that the earlier claim sealed: so
     * whoever does it, and if a zombie does it once more, it is the same step with the same end.
     *
     * @param read told how many bytes were read, often; what it throws ends the reading
     * @return what is published now, durably, in this worker's store; empty when the archive has to be made
     */
    public Optional<Artifact> published(Export export, LongConsumer read) throws IOException {
        Artifact intent = export.run().intent();
        if (intent == null) {
            return Optional.empty();
        }
        Path sealed = files.of(intent.writtenAs());
        try {
            if (Files.exists(sealed) && !isThat(sealed, intent, read)) {
                // It was synced and read back before it was intended, so the disk is at fault: nobody shall publish it.
                Files.deleteIfExists(sealed);
            } else if (Files.exists(sealed)) {
                publishing.publish(export.id(), intent, export.run().replica(), read);
                return Optional.of(publishing.placed(intent));
            } else if (publishing.isThere(intent, read)) {
                if (!publishing.publishAgain(export.id(), intent, read)) {
                    log.warn("the archive that claim {} had published has no list of its blocks", intent.writtenAs());
                }
                return Optional.of(publishing.placed(intent));
            }
        } catch (NoSuchFileException e) {
            log.debug("nowhere: {}", e.getMessage());
        }
        log.warn(
                "the archive that claim {} had sealed, or the list of its blocks, is gone or spoilt: it is made again",
                intent.writtenAs());
        return Optional.empty();
    }

    private static boolean isThat(Path sealed, Artifact intent, LongConsumer read) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(sealed)) {
            return file.size() == intent.bytes() && Sha256.of(file, read).equals(intent.sha256());
        }
    }

    /**
     * The checkpoint to go on from, its bytes copied to this claim's own file: from the file of an earlier claim on
     * this disk, or else from what is kept elsewhere. Files of earlier claims stay what they are until this one has a
     * checkpoint of its own: another engine may still go on from them, or a successor if this claim is lost already.
     *
     * @param recipe of what this claim would write: what was written by another is of another file
     * @param read as in {@link #published}
     * @throws StoreUnavailableException when what is kept elsewhere can't be had yet
     */
    public Inherited adopted(Export export, String recipe, LongConsumer read) throws IOException {
        files.free(export.lastClaim());
        Checkpoint checkpoint = export.run().checkpoint();
        if (checkpoint == null) {
            return Inherited.NOTHING;
        }
        Claim earlier = new Claim(export.id(), checkpoint.claim());
        Replica replica = export.run().replica();
        boolean ours = isAsThis(checkpoint, recipe);
        if (ours && files.adopt(earlier, checkpoint.length(), export.lastClaim(), read)) {
            return new Inherited(checkpoint, replica);
        }
        if (replica != null && files.replicas().areKept() && isAsThis(replica.checkpoint(), recipe)) {
            return fetched(export, replica, read);
        }
        if (ours) {
            log.warn("begins anew: the file of claim {} is gone or shorter than its checkpoint", checkpoint.claim());
        } else if (isOfThisEngine(checkpoint)) {
            log.warn(
                    "begins anew: what claim {} had synced was made by another catalog or another mask-key",
                    checkpoint.claim());
        } else {
            log.warn(
                    "begins anew: the engine {} has made what claim {} had synced, and this worker's is {}, which may make other bytes",
                    checkpoint.engine() == null ? "of an earlier version" : checkpoint.engine(),
                    checkpoint.claim(),
                    deflate.engine(checkpoint.level()));
        }
        return Inherited.NOTHING;
    }

    /** One from before recipes is taken on trust: an upgrade is to cost no run what it has. */
    private boolean isAsThis(Checkpoint checkpoint, String recipe) {
        String engine = deflate.engine(checkpoint.level());
        return engine.equals(checkpoint.engine()) || made(engine, recipe).equals(checkpoint.engine());
    }

    private boolean isOfThisEngine(Checkpoint checkpoint) {
        String made = checkpoint.engine();
        return made != null && made.startsWith(made(deflate.engine(checkpoint.level()), ""));
    }

    /** What a checkpoint says of how its blocks were made. */
    public static String made(String engine, String recipe) {
        return engine + " " + recipe;
    }

    private Inherited fetched(Export export, Replica replica, LongConsumer read) throws IOException {
        Checkpoint kept = replica.checkpoint();
        space.requireRoom(kept.length());
        Claim claim = export.lastClaim();
        try {
            files.replicas().fetch(export.id(), replica, files.of(claim), new Patience(files, read), read);
        } catch (NoSuchFileException e) {
            log.warn("begins anew: not all that claim {} had kept of its file is there", kept.claim());
            files.remove(claim);
            return Inherited.NOTHING;
        }
        // A row names the file from now on.
        files.syncFolder();
        log.info("goes on from {} bytes that claim {} had kept", kept.length(), kept.claim());
        return new Inherited(kept.in(claim), replica);
    }
}
