package dev.windrow.common.source.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A query over random tables, and a key to read it by.
 *
 * @param setup makes the tables, without rows
 * @param query with columns id and p, those of the key, and others; may have a parameter {@code :low}, which is 0
 * @param key as in a catalog
 * @param columns to be exported
 * @param keepsRows whether a row of the query is a row of a table, with its id and its payload, whatever becomes of
 *     other rows
 */
record OrderCase(
        List<String> setup,
        List<RandomTable> tables,
        String query,
        String key,
        List<String> columns,
        boolean keepsRows) {
    /** Makes cases for one database. */
    interface Maker {
        OrderCase next(Random random);
    }

    OrderCase {
        setup = List.copyOf(setup);
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /** The query as its database understands it. */
    String plainQuery() {
        return query.replace(":low", "0");
    }

    Map<String, Long> parameters() {
        return query.contains(":low") ? Map.of("low", 0L) : Map.of();
    }

    /** The key's parts, without their directions. */
    List<String> keyColumns() {
        return List.of(key.replace(" desc", "").split(", "));
    }
}
