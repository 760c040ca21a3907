package dev.windrow.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Archives in a folder, without the care for power cuts that a real store takes. */
final class FolderArtifacts implements TestArtifacts {
    private final Path folder;

    FolderArtifacts(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String key, byte[] bytes) {
        try {
            Files.write(folder.resolve(key), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void publish(Path file, String key) throws IOException {
        Files.move(file, folder.resolve(key), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        Path file = folder.resolve(key);
        return Files.exists(file) ? Optional.of(Files.size(file)) : Optional.empty();
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return Files.newByteChannel(folder.resolve(key));
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.of(folder.resolve(key)).filter(Files::exists);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(folder.resolve(key));
    }

    @Override
    public List<String> keys() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
