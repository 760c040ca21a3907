package dev.windrow.common.source.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Has SQLite compile a statement, and tells from its bytecode how it would run. */
public final class SqliteExplain {
    /** What bytecode goes round by; a program without any of them takes each of its steps at most once. */
    private static final Set<String> LOOPS =
            Set.of("Next", "Prev", "SorterNext", "VNext", "Yield", "Gosub", "Program", "RowSetRead");

    private SqliteExplain() {}

    /**
     * Asks SQLite, which does not run the statement.
     *
     * @param firstPositionPlaceholder the number of the first {@code ?} that takes a value of the position,
     *     1-based; those before it are the query's own
     */
    public static SqliteProgram program(Connection connection, String sql, int firstPositionPlaceholder)
            throws SQLException {
        List<SqliteStep> steps = SqliteStep.of(connection, sql);
        SqliteTrace trace = new SqliteTrace(new SqliteLoops(steps), firstPositionPlaceholder);
        SqliteProgram.Entry entry = trace.entry();
        boolean limited = steps.stream().anyMatch(step -> step.is("DecrJumpZero"));
        return new SqliteProgram(entry, trace.sort(), trace.computed(), takesOneRow(steps), limited, trace.scans());
    }

    /** One that never goes round and gives a row in one place has found it by unique indexes alone. */
    private static boolean takesOneRow(List<SqliteStep> steps) {
        return steps.stream().noneMatch(step -> LOOPS.contains(step.opcode()))
                && steps.stream().filter(step -> step.is("ResultRow")).count() == 1;
    }
}
