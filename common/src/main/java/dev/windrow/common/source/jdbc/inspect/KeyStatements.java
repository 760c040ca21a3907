package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.KeySql;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Marks;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import dev.windrow.common.source.jdbc.sql.MovingKey;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sql.Names;
import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import dev.windrow.common.source.jdbc.value.KeyReader;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The statements by which a query would be read in the order of a key, for what a database says of them without running
 * any.
 */
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
        KeySql anyKey = new KeySql(key, untyped, Names.of(connection), dialect);
        KeysetSql any = new KeysetSql(query.sql(), columns, anyKey, Marks.NONE, Entry.PLAIN);
        List<String> placeholders = new ArrayList<>();
        boolean asks = false;
        boolean plainTexts = connection.takesTextsAsTheyAre();
        try (PreparedStatement statement = connection.prepareColumns(any.anyRow())) {
            Bindings.bind(statement, 1, query.values(), dialect);
            ResultSetMetaData metaData = Objects.requireNonNull(connection.columns(statement), "columns");
            for (int i = columns.size() + 1; i <= columns.size() + key.size(); i++) {
                KeyReader part = KeyReader.of(dialect, metaData, i, plainTexts);
                asks |= part.asks();
                placeholders.add(part.placeholder());
                types.add(metaData.getColumnTypeName(i));
            }
        }
        Marks marks = new Marks(asks, MovingKey.of(connection, query, key).moves());
        this.sql = new KeysetSql(query.sql(), columns, anyKey.with(placeholders), marks, Entry.PLAIN);
    }

    private static List<String> columns(LentConnection connection, NamedSql.Bound query) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareColumns(query.sql())) {
            Bindings.bind(statement, 1, query.values(), connection.dialect());
            ResultSetMetaData metaData = Objects.requireNonNull(connection.columns(statement), "columns");
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
        return sql.key().placeholders().get(part);
    }

    /** The part's column as it stands around the query. */
    String column(int part) {
        return sql.key().column(part);
    }

    /** The query within another select, up to the point where a condition may follow. */
    String from(String selected) {
        return "select " + selected + " from (\n" + query.sql() + "\n) q";
    }

    /** All that a reader runs. */
    List<Statement> all() throws SQLException {
        KeysetSql entering = entering();
        List<Statement> all = new ArrayList<>(List.of(
                entering.first(),
                entering.next(),
                new Statement(entering.last(), List.of(), List.of()),
                entering.count(),
                entering.there(),
                entering.equal()));
        if (entering.mayMissNulls()) {
            all.add(entering.nulls());
        }
        return all;
    }

    private KeysetSql entering() throws SQLException {
        return connection.dialect() == Dialect.SQLITE
                ? sql.entering(connection.connection(), query.values().size())
                : sql;
    }

    /** What a reader runs from a position on. The query's own placeholders come first, then the position's. */
    String fromPosition() throws SQLException {
        return entering().walk().sql();
    }

    /** How SQLite would run that. */
    SqliteProgram sqliteProgram() throws SQLException {
        return SqliteExplain.program(
                connection.connection(), fromPosition(), query.values().size() + 1);
    }

    /** What a reader might run, were there an index for it. */
    List<String> indexedFromPosition() {
        return sql.indexed().stream().map(form -> form.walk().sql()).toList();
    }

    /**
     * The same of the query with its parameters written in another way, and with other placeholders for the key's
     * parts.
     */
    String fromPosition(String other, List<String> placeholders) {
        KeySql rewritten = sql.key().with(placeholders);
        return new KeysetSql(other, sql.columns(), rewritten, Marks.NONE, Entry.PLAIN)
                .walk()
                .sql();
    }

    /** Has the database prepare one of them. */
    void prepare(Statement statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepare(statement.sql(), 1)) {
            int index = 1;
            boolean strict = connection.dialect() == Dialect.POSTGRESQL;
            for (int i = 0; i < statement.before().size(); i++, index++) {
                bindAny(prepared, index, strict);
            }
            index = Bindings.bind(prepared, index, query.values(), connection.dialect());
            for (int i = 0; i < statement.after().size(); i++, index++) {
                bindAny(prepared, index, strict);
            }
            // PostgreSQL's driver sends nothing before it is asked for something, and others would run the statement
            // for it.
            if (connection.dialect().isBuiltIn()) {
                prepared.getMetaData();
            }
        }
    }

    /** Any text will do: it is cast to the part's type when the statement runs, which it never does. */
    private static void bindAny(PreparedStatement prepared, int index, boolean strict) throws SQLException {
        if (strict) {
            prepared.setString(index, "");
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
