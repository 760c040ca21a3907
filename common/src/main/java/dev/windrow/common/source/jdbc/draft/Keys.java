package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a database's metadata tells of a table's keys and indexes. Belongs to one connection. */
final class Keys {
    private final LentConnection connection;
    private final DatabaseMetaData metaData;

    Keys(LentConnection connection) throws SQLException {
        this.connection = connection;
        this.metaData = connection.connection().getMetaData();
    }

    /** The columns of its primary key in the key's order; none where it has none. */
    List<String> primary(@Nullable String catalog, @Nullable String schema, String table) throws SQLException {
        if (connection.dialect() == Dialect.SQLITE) {
            return primaryOfSqlite(table);
        }
        Map<Integer, String> parts = new TreeMap<>();
        try (ResultSet rows = metaData.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                parts.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(parts.values());
    }

    /** Its driver takes signs that stand for quotes out of the names. */
    private List<String> primaryOfSqlite(String table) throws SQLException {
        List<String> parts = new ArrayList<>();
        try (PreparedStatement statement = connection
                .connection()
                .prepareStatement("select name from pragma_table_info(?) where pk > 0 order by pk")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parts.add(rows.getString(1));
                }
            }
        }
        return parts;
    }

    List<String> primary(Relation relation) throws SQLException {
        return primary(relation.catalog(), relation.schema(), relation.name());
    }

    /** Those that have all rows; SQLite's driver does not say which have some alone. */
    List<Index> indexes(Relation relation) throws SQLException {
        if (connection.dialect() == Dialect.DUCKDB) {
            return new DuckdbKeys(connection.connection(), relation).indexes();
        }
        Map<String, Index> indexes = new LinkedHashMap<>();
        Set<String> partial = new HashSet<>();
        try (ResultSet rows =
                metaData.getIndexInfo(relation.catalog(), relation.schema(), relation.name(), false, true)) {
            while (rows.next()) {
                if (rows.getShort("TYPE") == DatabaseMetaData.tableIndexStatistic) {
                    continue;
                }
                String name = String.valueOf(rows.getString("INDEX_NAME"));
                boolean unique = !rows.getBoolean("NON_UNIQUE");
                indexes.computeIfAbsent(name, key -> new Index(unique, new ArrayList<>()))
                        .columns()
                        .add(rows.getString("COLUMN_NAME"));
                if (rows.getString("FILTER_CONDITION") != null) {
                    partial.add(name);
                }
            }
        }
        indexes.keySet().removeAll(partial);
        return List.copyOf(indexes.values());
    }

    /** MariaDB's columns that have a word or some of a list; other databases have none of this kind. */
    List<String> listsOfWords(Relation relation) throws SQLException {
        List<String> columns = new ArrayList<>();
        if (connection.dialect() == Dialect.MARIADB) {
            try (ResultSet rows = metaData.getColumns(relation.catalog(), null, escaped(relation.name()), "%")) {
                while (rows.next()) {
                    String type = String.valueOf(rows.getString("TYPE_NAME")).toUpperCase(Locale.ROOT);
                    if (type.startsWith("ENUM") || type.startsWith("SET")) {
                        columns.add(String.valueOf(rows.getString("COLUMN_NAME")));
                    }
                }
            }
        }
        return columns;
    }

    /** A name that is no pattern. */
    private String escaped(String name) throws SQLException {
        String escape = metaData.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    /** What its columns refer to, in words, by their names. */
    Map<String, String> references(Relation relation) throws SQLException {
        Map<String, String> references = new LinkedHashMap<>();
        try (ResultSet rows = metaData.getImportedKeys(relation.catalog(), relation.schema(), relation.name())) {
            while (rows.next()) {
                String schema = rows.getString("PKTABLE_SCHEM");
                String table = rows.getString("PKTABLE_NAME");
                String column = rows.getString("PKCOLUMN_NAME");
                String there = schema == null || schema.equals(relation.schema()) ? table : schema + "." + table;
                references.merge(
                        String.valueOf(rows.getString("FKCOLUMN_NAME")),
                        there + (column == null ? "" : " (" + column + ")"),
                        (one, other) -> one + ", " + other);
            }
        } catch (SQLFeatureNotSupportedException e) {
            // Not every driver tells them, and they are comments alone.
            return Map.of();
        }
        return references;
    }
}
