package dev.windrow.worker.files;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.ExportId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The step with which a sealed archive gets where callers find it; a store that is away is waited for. Thread-safe. */
public final class Publishing {
    private final ArtifactStore artifacts;
    private final WorkFiles files;

    public Publishing(ArtifactStore artifacts, WorkFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    /**
     * Publishes what a claim has sealed, and the list of its blocks.
     *
     * @param replica what is kept of it already, so that the store may have it from there
     * @param stillWanted told of 0 bytes while it waits; what it throws ends the waiting, and what was begun may yet
     *     come to its end
     * @throws StoreUnavailableException when the store stays away
     */
    public void publish(ExportId id, Artifact sealed, @Nullable Replica replica, LongConsumer stillWanted)
            throws IOException {
        new Patience(files, stillWanted).untilBeside(() -> {
            files.publish(sealed, artifacts, files.replicas().of(id, replica));
            return sealed;
        });
    }

    /** The same artifact, in the store that this publishes to. */
    Artifact placed(Artifact intent) {
        return intent.in(artifacts.name());
    }

    /** Whether that is published already, whole. */
    boolean isThere(Artifact intent, LongConsumer read) throws IOException {
        return new Patience(files, read)
                .until(() -> artifacts.holds(intent.key(), intent.bytes(), intent.sha256(), read));
    }

    /**
     * Publishes again what is in the store, since whoever put it there may have died before it was durable. An archive
     * without its list is whole.
     *
     * @return false when its list is not there
     */
    boolean publishAgain(ExportId id, Artifact intent, LongConsumer read) throws IOException {
        try {
            publish(id, intent, null, read);
            return true;
        } catch (NoSuchFileException e) {
            new Patience(files, read).untilBeside(() -> {
                artifacts.publish(files.of(intent.writtenAs()), intent.key());
                return intent;
            });
            return false;
        }
    }
}
