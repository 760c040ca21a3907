package dev.windrow.common.source.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the database itself says of a case: its rows in its own order, and whether its key is one. */
record OrderOracle(OrderCase asked, List<List<@Nullable Object>> rows, boolean hasNulls, boolean hasEqualKeys) {
    static OrderOracle of(OrderCase asked, Connection connection) throws SQLException {
        String from = " from (" + asked.plainQuery() + ") x";
        try (Statement statement = connection.createStatement()) {
            return new OrderOracle(
                    asked,
                    rowsOf(
                            statement,
                            "select " + String.join(", ", asked.columns()) + from + " order by " + asked.key()),
                    givesRow(statement, "select 1" + from + " where " + nulls(asked)),
                    givesRow(statement, "select 1" + from + byKey(asked) + " having count(*) > 1"));
        }
    }

    /** Deletes rows until the key is one. */
    static void makeKey(OrderCase asked, Statement statement) throws SQLException {
        String from = " from (" + asked.plainQuery() + ") x";
        for (RandomTable table : asked.tables()) {
            statement.execute(
                    "delete from " + table.name() + " where id in (select id" + from + " where " + nulls(asked) + ")");
        }
        String others = "select id" + from + " where id not in (select min(id)" + from + byKey(asked) + ")";
        List<String> ids = new ArrayList<>();
        rowsOf(statement, others).forEach(row -> ids.add(", " + row.get(0)));
        for (RandomTable table : asked.tables()) {
            statement.execute("delete from " + table.name() + " where id in (null" + String.join("", ids) + ")");
        }
    }

    boolean isKey() {
        return !hasNulls && !hasEqualKeys;
    }

    private static String byKey(OrderCase asked) {
        return " group by " + String.join(", ", asked.keyColumns());
    }

    /** Unlike {@code is null}, not true of a PostgreSQL composite that is there and holds nulls. */
    private static String nulls(OrderCase asked) {
        return asked.keyColumns().stream()
                .map(part -> part + " is not distinct from null")
                .collect(Collectors.joining(" or "));
    }

    private static boolean givesRow(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }

    private static List<List<@Nullable Object>> rowsOf(Statement statement, String sql) throws SQLException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(recorded(found.getObject(i)));
                }
                all.add(row);
            }
        }
        return all;
    }

    /** As {@link RecordedRows} has it. */
    private static @Nullable Object recorded(@Nullable Object value) {
        if (value instanceof Integer integer) {
            return integer.longValue();
        }
        return value instanceof byte[] bytes
                ? new RecordedRows.Bytes(HexFormat.of().formatHex(bytes))
                : value;
    }
}
