package dev.windrow.common.source.jdbc.sqlite;

import java.util.List;

/**
 * How SQLite would find the rows of a statement, told from its bytecode. Immutable.
 *
 * <p>Not told from {@code EXPLAIN QUERY PLAN}: that says {@code (created_at>?)} of the operator's own bound as of a
 * position.
 *
 * @param entry where the b-trees that give the rows are entered
 * @param sort what is sorted before the first row comes
 * @param computed whether rows are grouped, or put into a table of their own, before the first one comes
 * @param takesOneRow whether unique indexes alone keep it from giving more than one row
 * @param limited whether something in it ends after a number of rows
 * @param scans the b-trees that give the rows, as far as they are known
 */
public record SqliteProgram(
        Entry entry, Sort sort, boolean computed, boolean takesOneRow, boolean limited, List<Scan> scans) {
    public SqliteProgram {
        scans = List.copyOf(scans);
    }

    /**
     * A b-tree that is gone over.
     *
     * @param rootPage what {@code sqlite_schema} knows it by
     * @param equalColumns how many of its first columns are held to one value
     */
    public record Scan(int rootPage, int equalColumns) {}

    /** Where the rows' b-trees are entered. */
    public enum Entry {
        /** In each arm at the position: the rows before it are not visited. */
        AT_POSITION,
        /** At a bound that the query itself has; rows between that and the position are visited. */
        AT_OWN_BOUND,
        /** At their start, or at a value that the query holds them to; rows before the position are visited. */
        ELSEWHERE,
        /** Not known, as for virtual tables and recursive queries. */
        UNKNOWN
    }

    /** What is sorted. */
    public enum Sort {
        NONE,
        /** Rows that are equal in the first parts of the order, group by group. */
        WITHIN_EQUAL,
        /** All rows from the entry on. */
        ALL
    }
}
