package dev.windrow.common.source.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A case while it is made, whatever the database. */
abstract class OrderDraft {
    /** Where the ids of a second table begin. */
    static final long SECOND = 10_000_000;

    final Random random;
    final List<String> setup = new ArrayList<>();
    final List<RandomTable> tables = new ArrayList<>();
    final int width;
    /** Whether a row of the query is one of a table. */
    boolean keepsRows = true;

    OrderDraft(Random random) {
        this.random = random;
        this.width = 1 + random.nextInt(3);
    }

    final String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    /** Something of each cell. */
    final List<String> each(IntFunction<String> cell) {
        return IntStream.range(0, width).mapToObj(cell).toList();
    }

    /** @param table its name and a dot, or nothing */
    final String cells(String table) {
        return String.join(", ", each(i -> table + "c" + i + " as k" + i));
    }

    final String key() {
        List<String> parts = new ArrayList<>(each(i -> "k" + i));
        if (random.nextInt(3) > 0) {
            parts.add("id");
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(parts, random);
        }
        int directions = random.nextInt(3);
        return parts.stream()
                .map(part -> directions == 0 || directions == 1 && random.nextBoolean() ? part : part + " desc")
                .collect(Collectors.joining(", "));
    }

    /** An id and a payload, and what else there is. */
    final List<String> exported(List<String> others) {
        List<String> columns = new ArrayList<>(List.of("id", "p"));
        columns.addAll(others);
        Collections.shuffle(columns, random);
        return columns;
    }

    /** Columns of an index: some of the cells and the id. */
    final List<String> indexed() {
        List<String> parts = new ArrayList<>(each(i -> "c" + i));
        parts.add("id");
        Collections.shuffle(parts, random);
        return parts.subList(0, 1 + random.nextInt(parts.size()));
    }
}
