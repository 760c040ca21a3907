package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file on its way to somewhere else, in a folder of its own for its owner alone, and gone when it is closed or the
 * process ends.
 */
final class PassingFile implements AutoCloseable {
    /** What a download makes beside its file, last of all the file. */
    private static final List<String> NAMES = List.of("archive.zip.part", "archive.zip.part.json", "archive.zip");

    private final Path folder;

    private PassingFile(Path folder) {
        this.folder = folder;
    }

    static PassingFile make() throws IOException {
        PassingFile passing = new PassingFile(Files.createTempDirectory("windrow-export"));
        // Gone in the reverse order.
        passing.folder.toFile().deleteOnExit();
        NAMES.forEach(name -> passing.folder.resolve(name).toFile().deleteOnExit());
        return passing;
    }

    Path file() {
        return folder.resolve(NAMES.get(NAMES.size() - 1));
    }

    @Override
    public void close() throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
