package dev.windrow.examples;

import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All examples, each made once for all tests of this process; nothing changes them. */
final class MadeExamples {
    static final int ROWS = 1_000;

    private static final Path ROOT = root();
    private static final Map<String, List<Long>> MADE = new ConcurrentHashMap<>();

    private MadeExamples() {}

    /** The folder of an example. */
    static Path folder(String example) {
        progress(example);
        return ROOT.resolve(example);
    }

    /** What was told while it was made. */
    static List<Long> progress(String example) {
        return MADE.computeIfAbsent(example, name -> {
            List<Long> told = new ArrayList<>();
            try {
                Example.named(name).orElseThrow().create(ROOT.resolve(name), ROWS, told::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return told;
        });
    }

    private static Path root() {
        try {
            Path root = Files.createTempDirectory("windrow-examples");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
