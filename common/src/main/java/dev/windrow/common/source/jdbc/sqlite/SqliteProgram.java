package dev.windrow.common.source.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * How SQLite would find the rows of a statement, told from its bytecode. Immutable.
 *
 * <p>Not told from {@code EXPLAIN QUERY PLAN}: that says {@code (created_at>?)} of the operator's own bound as of a position.
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

    /** What bytecode goes round by; a program without any of them takes each of its steps at most once. */
    private static final Set<String> LOOPS =
            Set.of("Next", "Prev", "SorterNext", "VNext", "Yield", "Gosub", "Program", "RowSetRead");

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

    /**
     * Asks SQLite, which does not run the statement.
     *
     * @param firstPositionPlaceholder the number of the first {@code ?} that takes a value of the position, 1-based; those before
     *     it are the query's own
     */
    public static SqliteProgram of(Connection connection, String sql, int firstPositionPlaceholder)
            throws SQLException {
        List<SqliteStep> steps = SqliteStep.of(connection, sql);
        SqliteTrace trace = new SqliteTrace(new SqliteLoops(steps), firstPositionPlaceholder);
        Entry entry = trace.entry();
        boolean limited = steps.stream().anyMatch(step -> step.is("DecrJumpZero"));
        return new SqliteProgram(entry, trace.sort(), trace.computed(), takesOneRow(steps), limited, trace.scans());
    }

    /** One that never goes round and gives a row in one place has found it by unique indexes alone. */
    private static boolean takesOneRow(List<SqliteStep> steps) {
        return steps.stream().noneMatch(step -> LOOPS.contains(step.opcode()))
                && steps.stream().filter(step -> step.is("ResultRow")).count() == 1;
    }
}
