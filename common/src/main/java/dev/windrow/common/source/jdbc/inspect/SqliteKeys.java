package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteStep;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What SQLite's schema says of a key's values: whether they are unique, and whether they may be null. */
final class SqliteKeys {
    /** Steps after which rows are no longer those of a table. */
    private static final Set<String> CHANGES_ROWS = Set.of(
            "Yield", "Gosub", "AggStep", "AggFinal", "OpenEphemeral", "SorterOpen", "VOpen", "Program", "DecrJumpZero");

    private final KeyStatements statements;

    SqliteKeys(KeyStatements statements) {
        this.statements = statements;
    }

    /**
     * Asks SQLite for its program to find the rows of one key: one that never goes round and gives a row in one place
     * has found them by unique indexes alone, so that no two rows of the query have that key. What the query compares
     * with a parameter counts too, and views and joins where they come to the same. Of the rest it is known that there
     * is no such index where the rows are those of one table.
     */
    Uniqueness uniqueness() throws SQLException {
        if (isUnique()) {
            return Uniqueness.UNIQUE;
        }
        List<SqliteStep> steps = steps(statements.from(keyColumns()));
        boolean table = steps.stream().noneMatch(step -> CHANGES_ROWS.contains(step.opcode()))
                && steps.stream().filter(step -> step.is("Next", "Prev")).count() == 1
                && steps.stream().filter(step -> step.is("ResultRow")).count() == 1;
        return table ? Uniqueness.NOT_UNIQUE : Uniqueness.UNKNOWN;
    }

    boolean isUnique() throws SQLException {
        String oneKey = IntStream.range(0, statements.key().size())
                .mapToObj(part -> statements.column(part) + " = ?")
                .collect(Collectors.joining(" and "));
        int own = statements.query().values().size();
        return SqliteExplain.program(
                        statements.connection().connection(), statements.from("1") + "\nwhere " + oneKey, own + 1)
                .takesOneRow();
    }

    private String keyColumns() {
        return IntStream.range(0, statements.key().size())
                .mapToObj(statements::column)
                .collect(Collectors.joining(", "));
    }

    private List<SqliteStep> steps(String sql) throws SQLException {
        return SqliteStep.of(statements.connection().connection(), sql);
    }

    /** Of each part of the key that is a column without {@code not null}, and that the query does not filter by. */
    List<Remark> nullable() throws SQLException {
        List<Remark> remarks = new ArrayList<>();
        for (int part = 0; part < statements.key().size(); part++) {
            String name = statements.key().get(part).column();
            int primary = primaryPartOfNullable(steps(statements.from(statements.column(part))));
            String may = "the key's " + name + " may be null, as its column is not declared not null; "
                    + "a row without it would fail an export";
            if (primary == 0) {
                remarks.add(Remark.warning(may));
            } else if (primary > 0) {
                // Nobody means nulls in a primary key; SQLite lets them in all the same.
                remarks.add(Remark.information(may));
            }
        }
        return remarks;
    }

    /**
     * Where a nullable column stands in its table's primary key, 0 outside of it; -1 when it is not nullable or nothing
     * is known.
     */
    private int primaryPartOfNullable(List<SqliteStep> steps) throws SQLException {
        SqliteStep given =
                steps.stream().filter(step -> step.is("ResultRow")).findFirst().orElse(null);
        boolean plain = steps.stream()
                        .noneMatch(step -> CHANGES_ROWS.contains(step.opcode())
                                || step.opcode().startsWith("Seek"))
                && steps.stream().filter(step -> step.is("OpenRead")).count() == 1;
        SqliteStep column = steps.stream()
                .filter(step -> given != null && step.is("Column") && step.p3() == given.p1())
                .findFirst()
                .orElse(null);
        // Where it is read for a condition too, that may keep the nulls out.
        if (!plain || column == null || readings(steps, column) != 1) {
            return -1;
        }
        int root = steps.stream()
                .filter(step -> step.is("OpenRead"))
                .findFirst()
                .orElseThrow()
                .p2();
        SqliteTables tables = new SqliteTables(statements.connection().connection());
        SqliteTables.Tree tree = tables.tree(root).orElse(null);
        return tree == null ? -1 : primaryPart(tree, column.p2());
    }

    private static long readings(List<SqliteStep> steps, SqliteStep column) {
        return steps.stream()
                .filter(step -> step.is("Column") && step.p1() == column.p1() && step.p2() == column.p2())
                .count();
    }

    private int primaryPart(SqliteTables.Tree tree, int position) throws SQLException {
        String number = tree.index()
                ? "(select cid from pragma_index_xinfo(?) where seqno = ?)"
                : "(select cid from (select ? as unused, ? as cid))";
        String column = "select pk from pragma_table_info(?) where \"notnull\" = 0 and cid = " + number
                + " and not exists (select 1 from pragma_table_list where name = ? and wr = 1)"
                // A column that is only computed has no place among the stored ones.
                + " and not exists (select 1 from pragma_table_xinfo(?) where hidden > 1)";
        try (PreparedStatement statement = statements.connection().connection().prepareStatement(column)) {
            statement.setString(1, tree.table());
            statement.setString(2, tree.name());
            statement.setInt(3, position);
            statement.setString(4, tree.table());
            statement.setString(5, tree.table());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : -1;
            }
        }
    }
}
