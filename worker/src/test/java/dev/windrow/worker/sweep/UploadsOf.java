package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Claim;
import dev.windrow.worker.files.ForwardingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real store in which archives were begun to be published. */
record UploadsOf(ArtifactStore store, List<String> unfinished) implements ForwardingStore {
    static UploadsOf of(ArtifactStore store, Claim... claims) {
        return new UploadsOf(
                store,
                Stream.of(claims)
                        .map(claim -> claim.fileName() + ".zip")
                        .collect(Collectors.toCollection(ArrayList::new)));
    }

    @Override
    public void abandon(String key) {
        unfinished.remove(key);
    }
}
