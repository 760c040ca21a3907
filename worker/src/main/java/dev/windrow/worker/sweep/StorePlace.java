package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of archives. */
final class StorePlace implements Place {
    private final ArtifactStore artifacts;

    private final boolean shared;

    /** @param shared by machines, and so perhaps with other status tables */
    StorePlace(ArtifactStore artifacts, boolean shared) {
        this.artifacts = artifacts;
        this.shared = shared;
    }

    @Override
    public List<String> names() throws IOException {
        return artifacts.keys().stream().filter(StorePlace::isOurs).toList();
    }

    /** What else lies in a folder is for a person to move. */
    private static boolean isOurs(String name) {
        return name.endsWith(Artifact.ZIP_EXTENSION)
                || name.endsWith(Artifact.BLOCKS)
                || claimOf(name).isPresent();
    }

    @Override
    public Optional<Claim> writer(String name) {
        return claimOf(name);
    }

    @Override
    public Optional<Path> file(String name) {
        return artifacts.localFile(name);
    }

    @Override
    public boolean leavesUnknown() {
        return shared;
    }

    /**
     * The artifact of an export that is completed and the list of its blocks, and those that a run is about to
     * complete with.
     */
    @Override
    public boolean isNeeded(String name, Claim writer, Export export) {
        return export.state() == State.COMPLETED && isKey(name, export.artifact())
                || export.state().isActive() && isKey(name, export.run().intent());
    }

    @Override
    public void remove(String name) throws IOException {
        artifacts.delete(name);
    }

    /** Who published under that key, whatever its extension. */
    static Optional<Claim> claimOf(String key) {
        int extension = key.lastIndexOf('.');
        return extension < 0 ? Optional.empty() : Claim.ofFileName(key.substring(0, extension));
    }

    static boolean isKey(String name, @Nullable Artifact artifact) {
        return artifact != null && artifact.keys().contains(name);
    }

    @Override
    public String toString() {
        return "the store";
    }
}
