package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps artifacts as files of one folder, each named by its key. The files to publish must lie on the same file
 * system, since a rename is what makes publishing atomic. An open file outlives its removal on POSIX systems, so a
 * download that has begun finishes. That an artifact is missing is said only while the folder is the one that it was:
 * where its disk is gone from under it, nothing is known. Safe for use by many threads and processes.
 */
public final class DiskArtifactStore implements ArtifactStore {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Path folder;
    private final String name;

    /** @param folder made when it is missing */
    public DiskArtifactStore(Path folder) throws IOException {
        this.folder = PrivateFolder.create(folder);
        this.name = StoreName.of(this.folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void publish(Path file, String key) throws IOException {
        publish(List.of(new Sealed(file, key)));
    }

    @Override
    public void publish(List<Sealed> files) throws IOException {
        Set<Path> changed = new LinkedHashSet<>(Set.of(folder));
        for (Sealed sealed : files) {
            move(sealed.file(), path(sealed.key()));
            Path from = sealed.file().toAbsolutePath().getParent();
            if (from != null) {
                changed.add(from);
            }
        }
        // Both folders' entries changed: without this a power cut may bring the old names back.
        for (Path each : changed) {
            PrivateFolder.sync(each);
        }
    }

    private static void move(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (!Files.isRegularFile(target)) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        try {
            return Optional.of(Files.size(path(key)));
        } catch (NoSuchFileException e) {
            requireSameFolder();
            return Optional.empty();
        }
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        try {
            return FileChannel.open(path(key), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            requireSameFolder();
            throw e;
        }
    }

    private void requireSameFolder() throws IOException {
        if (!StoreName.isOf(folder, name)) {
            throw new IOException("the folder of archives is not the one that it was: is its disk mounted?");
        }
    }

    @Override
    public Optional<Path> localFile(String key) {
        Path file = path(key);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void delete(String key) throws IOException {
        if (Files.deleteIfExists(path(key))) {
            PrivateFolder.sync(folder);
        }
    }

    @Override
    public List<String> keys() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(key -> KEY.matcher(key).matches())
                    .toList();
        }
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("artifact key: " + key);
        }
        return folder.resolve(key);
    }
}
