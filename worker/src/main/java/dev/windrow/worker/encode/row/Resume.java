package dev.windrow.worker.encode.row;

import java.util.Map;

/**
 * Where an encoder goes on.
 *
 * @param rows the rows that the file holds already
 * @param state that of the encoder that wrote them ({@link RowEncoder#state}); a name left out is 0
 */
public record Resume(long rows, Map<String, Long> state) {
    /** A fresh file. */
    public static final Resume NONE = new Resume(0, Map.of());

    public Resume {
        state = Map.copyOf(state);
        if (rows < 0) {
            throw new IllegalArgumentException("rows: " + rows);
        }
        state.forEach((name, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("state: " + name + " = " + count);
            }
        });
    }

    /** What the state says of that name; 0 where it says nothing. */
    public long count(String name) {
        return state.getOrDefault(name, 0L);
    }
}
