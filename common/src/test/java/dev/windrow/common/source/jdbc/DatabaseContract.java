package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A table of items in a database, and what reads it. */
@Timeout(60)
abstract class DatabaseContract {
    static final String ITEMS = "select * from items";

    static final int ROWS = 61;

    /** Whose legs go on long enough for a machine that has other things to do. */
    final SourceConnections connections = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE);

    final JdbcRowSource rows = new JdbcRowSource(connections);

    /** The database, with a connection for its owner that may write. */
    abstract TestDatabase database();

    Source source() {
        return database().source();
    }

    @BeforeEach
    void makeItems() throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                "create table items(id integer primary key, grp integer not null, name varchar(40) not null, note varchar(40))");
        for (int i = 0; i < ROWS; i++) {
            int id = i * 37 % ROWS;
            String name = (i % 2 == 0 ? "n" : "N") + id / 3 + (i % 7 == 0 ? "é''\"\\" : "");
            statements.add("insert into items values (" + id + ", " + id / 10 + ", '" + name + "', null)");
        }
        run(statements.toArray(String[]::new));
    }

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    static SourceException refused(Work<?> work) {
        SourceException refused = catchThrowableOfType(SourceException.class, work::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    static String last(RowReader reader) throws SourceException {
        String last = reader.lastPosition();
        assertThat(last).isNotNull();
        return String.valueOf(last);
    }

    void run(String... statements) throws SQLException {
        database().execute(statements);
    }

    /** What the database itself says. */
    List<List<@Nullable Object>> inOrder(String query, String key, String columns) throws SQLException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select " + columns + " from (" + query + ") x order by " + key)) {
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object value = found.getObject(i);
                    row.add(value instanceof Integer integer ? Long.valueOf(integer) : value);
                }
                all.add(row);
            }
        }
        return all;
    }
}
