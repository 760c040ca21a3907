package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Claim;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real store in which archives were begun to be published. */
record UploadsOf(ArtifactStore store, List<String> unfinished) implements ArtifactStore {
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

    @Override
    public void publish(Path file, String key) throws IOException {
        store.publish(file, key);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        return store.find(key);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return store.open(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    @Override
    public List<String> keys() throws IOException {
        return store.keys();
    }
}
