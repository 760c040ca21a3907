package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What was begun to be published in the store, and is no artifact yet: it takes up room that no listing shows. */
final class UnfinishedPlace implements Place {
    private final ArtifactStore artifacts;

    UnfinishedPlace(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public List<String> names() throws IOException {
        return artifacts.unfinished();
    }

    @Override
    public Optional<Claim> writer(String name) {
        return StorePlace.claimOf(name);
    }

    /** While a run may be at it: the intent is in the row before it begins. */
    @Override
    public boolean isNeeded(String name, Claim writer, Export export) {
        return export.state().isActive() && StorePlace.isKey(name, export.run().intent());
    }

    @Override
    public void remove(String name) throws IOException {
        artifacts.abandon(name);
    }

    @Override
    public String toString() {
        return "the store's unfinished uploads";
    }
}
