package dev.windrow.app.crash;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A catalog over a small database, made once, whose query takes its time, so that there is time for a kill.
 *
 * @param pace how many rows SQLite counts for each row that it gives: 100 take about 20 microseconds
 * @param masked whether values are hashed for callers without the role {@code support}
 */
record Sample(long rows, int pace, boolean masked) {
    private static final String FIRST = "    title: Sensor readings\n";
    private static final String MASK = "    mask: { value: { unless: [support], as: hash } }\n";
    private static final String LAST = "and (:end_ts is null or timestamp_ms < :end_ts)";

    Sample(long rows, int pace) {
        this(rows, pace, false);
    }

    /** The catalog's file. */
    Path catalog() throws IOException {
        synchronized (Sample.class) {
            return made();
        }
    }

    private Path made() throws IOException {
        Path folder = Path.of(
                        "target",
                        "crash-sample-" + rows + "-" + pace + (masked ? "-masked-" : "-")
                                + ProcessHandle.current().pid())
                .toAbsolutePath();
        if (Example.SENSORS.loadRows(folder).orElse(-1) != rows) {
            Example.SENSORS.create(folder, rows, done -> {});
            Path catalog = folder.resolve("catalog.yaml");
            String text = Files.readString(catalog, StandardCharsets.UTF_8);
            String slow = LAST + " and (with recursive pace(n) as (select 0 union all select n + 1 from pace where n < "
                    + pace + " + timestamp_ms * 0) select count(*) from pace) > 0";
            text = masked ? text.replace(FIRST, FIRST + MASK) : text;
            Files.writeString(catalog, text.replace(LAST, slow), StandardCharsets.UTF_8);
        }
        return folder.resolve("catalog.yaml");
    }
}
