package dev.windrow.app.crash;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A catalog over a small database, made once, with batches so small that an export of it takes seconds. */
record Sample(long rows, int batchRows) {
    private static final String KEY = "key: [timestamp_ms]";

    /** The catalog's file. */
    Path catalog() throws IOException {
        synchronized (Sample.class) {
            return made();
        }
    }

    private Path made() throws IOException {
        Path folder = Path.of(
                        "target",
                        "crash-sample-" + rows + "-" + batchRows + "-"
                                + ProcessHandle.current().pid())
                .toAbsolutePath();
        if (Example.SENSORS.loadRows(folder).orElse(-1) != rows) {
            Example.SENSORS.create(folder, rows, done -> {});
            Path catalog = folder.resolve("catalog.yaml");
            String text = Files.readString(catalog, StandardCharsets.UTF_8);
            Files.writeString(
                    catalog, text.replace(KEY, KEY + "\n        batchRows: " + batchRows), StandardCharsets.UTF_8);
        }
        return folder.resolve("catalog.yaml");
    }
}
