package dev.windrow.common.source.jdbc;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of random rows: an id that never changes, cells {@code c0} and on, and a payload {@code p}.
 *
 * @param firstId from where its ids count, so that those of two tables never meet
 */
record RandomTable(String name, List<Cells> cells, long firstId) {
    /** Makes a column's values. */
    @FunctionalInterface
    interface Cells {
        /** SQL of a value. */
        String next(Random random);
    }

    RandomTable {
        cells = List.copyOf(cells);
    }

    String insert(long id, Random random) {
        String values = cells.stream().map(cell -> cell.next(random)).collect(Collectors.joining(", "));
        String columns = IntStream.range(0, cells.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "insert into " + name + "(id, " + columns + ", p) values (" + id + ", " + values + ", 'p"
                + random.nextInt(100) + "')";
    }

    String update(long id, Random random) {
        int cell = random.nextInt(cells.size());
        return "update " + name + " set c" + cell + " = " + cells.get(cell).next(random) + " where id = " + id;
    }

    static Cells oneOf(List<String> values) {
        return random -> values.get(random.nextInt(values.size()));
    }

    /** @param often one null in so many values */
    static Cells withNulls(Cells cells, int often) {
        return random -> random.nextInt(often) == 0 ? "null" : cells.next(random);
    }
}
