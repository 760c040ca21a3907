package dev.windrow.worker.encode;

import java.util.Map;

/**
 * Where an encoder goes on.
 *
 * @param rows the rows that the file holds already
 * @param counts what was altered in them, by the names of {@link RowEncoder#counts}; a name left out is 0
 */
public record Resume(long rows, Map<String, Long> counts) {
    /** A fresh file. */
    public static final Resume NONE = new Resume(0, Map.of());

    public Resume {
        counts = Map.copyOf(counts);
        if (rows < 0) {
            throw new IllegalArgumentException("rows: " + rows);
        }
        counts.forEach((name, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("counts: " + name + " = " + count);
            }
        });
    }

    long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
