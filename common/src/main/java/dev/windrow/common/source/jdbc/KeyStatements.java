package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The statements by which a query would be read in the order of a key, for what a database says of them without running any. */
final class KeyStatements {
    private final LentConnection connection;
    private final NamedSql.Bound query;
    private final List<KeyPart> key;
    private final List<String> types = new ArrayList<>();
    private final KeysetSql sql;

    KeyStatements(LentConnection connection, NamedSql.Bound query, List<KeyPart> key) throws SQLException {
        this.connection = connection;
        this.query = query;
        this.key = List.copyOf(key);
        Dialect dialect = connection.dialect();
        List<String> columns = columns(connection, query);
        List<String> untyped = Collections.nCopies(key.size(), "?");
        KeysetSql any = new KeysetSql(query.sql(), columns, key, untyped, Names.of(connection), dialect);
        List<String> placeholders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
            Bindings.bind(statement, query.values(), dialect);
            ResultSetMetaData metaData = statement.getMetaData();
            for (int i = columns.size() + 1; i <= columns.size() + key.size(); i++) {
                placeholders.add(KeyReader.of(dialect, metaData, i).placeholder());
                types.add(metaData.getColumnTypeName(i));
            }
        }
        this.sql = new KeysetSql(query.sql(), columns, key, placeholders, any.names(), dialect);
    }

    private static List<String> columns(LentConnection connection, NamedSql.Bound query) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(query.sql(), 1)) {
            Bindings.bind(statement, query.values(), connection.dialect());
            ResultSetMetaData metaData = statement.getMetaData();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                columns.add(metaData.getColumnLabel(i));
            }
        }
        return columns;
    }

    LentConnection connection() {
        return connection;
    }

    NamedSql.Bound query() {
        return query;
    }

    List<KeyPart> key() {
        return key;
    }

    /** The database's name of the type of a part of the key. */
    String type(int part) {
        return types.get(part);
    }

    /** What stands for a value of that part. */
    String placeholder(int part) {
        return sql.placeholders().get(part);
    }

    /** The part's column as it stands around the query. */
    String column(int part) {
        return sql.names().quote(key.get(part).column());
    }

    /** The query within another select, up to the point where a condition may follow. */
    String from(String selected) {
        return "select " + selected + " from (\n" + query.sql() + "\n) q";
    }

    /** All that a reader runs. */
    List<String> all() {
        return List.of(
                sql.first(1).sql(),
                sql.next(1).sql(),
                sql.last(),
                sql.count().sql(),
                sql.equal().sql());
    }

    /** What a reader runs from a position on, without a limit. The query's own placeholders come first, then the position's. */
    String fromPosition() {
        return fromPosition(sql);
    }

    /** The same of the query with its parameters written in another way, and with other placeholders for the key's parts. */
    String fromPosition(String other, List<String> placeholders) {
        return fromPosition(new KeysetSql(other, sql.columns(), key, placeholders, sql.names(), connection.dialect()));
    }

    private static String fromPosition(KeysetSql sql) {
        String limited = sql.next(1).sql();
        int limit = limited.lastIndexOf("\nlimit ");
        return limit < 0 ? limited : limited.substring(0, limit);
    }

    /** Has the database prepare one of them. */
    void prepare(String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepare(statement, 1)) {
            int index = Bindings.bind(prepared, query.values(), connection.dialect());
            if (connection.dialect() == Dialect.POSTGRESQL) {
                int all = prepared.getParameterMetaData().getParameterCount();
                for (; index <= all; index++) {
                    prepared.setString(index, "");
                }
            }
            // PostgreSQL's driver sends nothing before it is asked for something, and others would run the statement
            // for it.
            if (connection.dialect() != Dialect.OTHER) {
                prepared.getMetaData();
            }
        }
    }

    /** The same for another key, with its statements. */
    KeyStatements withKey(List<KeyPart> other) throws SQLException {
        return new KeyStatements(connection, query, other);
    }

    /** The same for the query written in another way. */
    KeyStatements withQuery(NamedSql.Bound other) throws SQLException {
        return new KeyStatements(connection, other, key);
    }
}
