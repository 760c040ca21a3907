package dev.windrow.benchmarks.days;

import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder that archives are taken to, and whose owner takes them away. Belongs to one thread. */
final class Shelf {
    /** How archives are named there. */
    static final String PATTERN = "{dataset}/{id}.zip";

    private static final String ENDING = ".zip";

    private final Path folder;
    private final Map<String, String> taken = new TreeMap<>();

    Shelf(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes away what is there by now. */
    void take() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(ENDING)) {
                taken.put(name.substring(0, name.length() - ENDING.length()), Digests.hex(Files.readAllBytes(file)));
                Files.delete(file);
            }
        }
    }

    /** Digests of what was taken away, by the exports' ids. */
    Map<String, String> taken() {
        return taken;
    }

    /** What lies there that is no archive. */
    List<String> halfDone() throws IOException {
        return files().stream().map(Path::toString).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
