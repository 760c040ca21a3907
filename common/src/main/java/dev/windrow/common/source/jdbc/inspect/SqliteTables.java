package dev.windrow.common.source.jdbc.inspect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tables and indexes of a SQLite file, found by the page at their root, as bytecode has it. Belongs to one
 * connection.
 */
final class SqliteTables {
    /** Enough for a sort or a scan to be felt. Up to there a count costs a few milliseconds. */
    static final int MANY = 10_000;

    private final Connection connection;
    private final Map<Integer, Tree> trees = new HashMap<>();

    SqliteTables(Connection connection) throws SQLException {
        this.connection = connection;
        String schema = "select rootpage, name, tbl_name, type from sqlite_schema where rootpage > 0";
        try (PreparedStatement statement = connection.prepareStatement(schema);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                trees.put(
                        rows.getInt(1),
                        new Tree(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4).equals("index")));
            }
        }
    }

    /** A b-tree: a table, or an index of it. */
    record Tree(String name, String table, boolean index) {}

    Optional<Tree> tree(int rootPage) {
        return Optional.ofNullable(trees.get(rootPage));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The columns of a table or of an index in order; an expression of an index gives none. */
    List<String> columns(Tree tree) throws SQLException {
        String pragma = tree.index
                ? "select name from pragma_index_xinfo(?) where key = 1 order by seqno"
                : "select name from pragma_table_info(?) order by pk = 0, pk, cid";
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(pragma)) {
            statement.setString(1, tree.name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    columns.add(name == null ? "" : name);
                }
            }
        }
        return columns;
    }

    /**
     * About how many rows have one value in the first columns of a tree, by statistics or else in one case, as many as
     * {@link #MANY} of them; of no columns, the rows of its table. Reads no more than some thousands of entries of the
     * tree.
     */
    long rows(Tree tree, int equalColumns) throws SQLException {
        OptionalLong known = analyzed(tree, equalColumns);
        if (equalColumns > 0 && known.isPresent()) {
            return known.getAsLong();
        }
        List<String> columns = columns(tree).stream()
                .limit(equalColumns)
                .map(SqliteTables::quoted)
                .toList();
        if (columns.contains(quoted(""))) {
            return 0;
        } else if (columns.isEmpty()) {
            return count(tree, "");
        }
        return Math.max(count(tree, ofOneValue(tree, columns, "")), count(tree, ofOneValue(tree, columns, " desc")));
    }

    /** The same by statistics alone, without an end. */
    OptionalLong analyzed(Tree tree, int equalColumns) throws SQLException {
        String[] stat = statistics(tree, equalColumns).split(" ");
        return stat.length > equalColumns && stat[equalColumns].matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(stat[equalColumns]))
                : OptionalLong.empty();
    }

    /** Those with the first value, or the last one, which the tree finds at once. */
    private static String ofOneValue(Tree tree, List<String> columns, String direction) {
        String all = String.join(", ", columns);
        String order = String.join(direction + ", ", columns) + direction;
        return " where (" + all + ") = (select " + all + " from " + quoted(tree.table) + " where " + columns.get(0)
                + " is not null order by " + order + " limit 1)";
    }

    private long count(Tree tree, String where) throws SQLException {
        String count = "select count(*) from (select 1 from " + quoted(tree.table) + where + " limit " + MANY + ")";
        try (PreparedStatement statement = connection.prepareStatement(count);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * What {@code analyze} wrote of a tree; of no columns, how many rows any tree of its table has: a table that has an
     * index has no statistics of its own.
     */
    private String statistics(Tree tree, int equalColumns) throws SQLException {
        try (PreparedStatement exists =
                        connection.prepareStatement("select 1 from sqlite_schema where name = 'sqlite_stat1'");
                ResultSet found = exists.executeQuery()) {
            if (!found.next()) {
                return "";
            }
        }
        String own = "select stat from sqlite_stat1 where tbl = ? and idx = ?";
        String any = "select max(cast(stat as integer)) from sqlite_stat1 where tbl = ?";
        try (PreparedStatement statement = connection.prepareStatement(equalColumns > 0 ? own : any)) {
            statement.setString(1, tree.table);
            if (equalColumns > 0) {
                statement.setString(2, tree.name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                String stat = rows.next() ? rows.getString(1) : null;
                return stat == null ? "" : stat;
            }
        }
    }
}
