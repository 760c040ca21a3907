package dev.windrow.benchmarks;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An example with so many load rows. */
record ExampleInput(Example example, long rows) implements Workload.Input {
    @Override
    public Path prepare(Path data) throws IOException {
        Path folder = data.resolve(example.name() + "-" + rows);
        if (example.loadRows(folder).orElse(-1) != rows) {
            System.out.printf(Locale.ROOT, "Making a source of %,d %s ...%n", rows, example.loadWords());
            Files.createDirectories(folder);
            example.create(folder, rows, made -> {});
        }
        // The rows last; what is asked of them may have changed since.
        Files.writeString(folder.resolve("catalog.yaml"), example.catalog());
        return folder;
    }

    @Override
    public Path database(Path folder) {
        return example.database(folder);
    }
}
