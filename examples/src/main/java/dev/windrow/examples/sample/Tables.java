package dev.windrow.examples.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows of tables in batches, within the transaction of its owner, who closes it. Belongs to one thread. */
public final class Tables implements AutoCloseable {
    private static final int BATCH_ROWS = 5_000;

    private final Connection connection;
    private final String main;
    private final LongConsumer progress;
    private final Map<String, Table> tables = new LinkedHashMap<>();

    /** @param progress is told the rows of the main table written so far */
    Tables(Connection connection, String main, LongConsumer progress) {
        this.connection = connection;
        this.main = main;
        this.progress = progress;
    }

    /** Makes a table beside those of the schema. */
    public void create(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * What writes to a table.
     *
     * @param target the table, alone or with its columns
     */
    public Table into(String target, int columns) throws SQLException {
        Table table = tables.get(target);
        if (table == null) {
            String places = "?, ".repeat(columns - 1) + "?";
            PreparedStatement insert =
                    connection.prepareStatement("insert into " + target + " values (" + places + ")");
            table = new Table(insert, target.replaceFirst("\\(.*", "").equals(main));
            tables.put(target, table);
        }
        return table;
    }

    /** Rows of one table, in the order of their numbers. */
    public final class Table {
        private final PreparedStatement insert;
        private final boolean counted;
        private long rows;
        private int waiting;

        private Table(PreparedStatement insert, boolean counted) {
            this.insert = insert;
            this.counted = counted;
        }

        /** Adds a row of numbers, texts, bytes and nulls. */
        public void add(@Nullable Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            if (++waiting == BATCH_ROWS) {
                send();
            }
        }

        private void send() throws SQLException {
            if (waiting > 0) {
                insert.executeBatch();
                rows += waiting;
                waiting = 0;
                if (counted) {
                    progress.accept(rows);
                }
            }
        }
    }

    /** Writes what is still waiting. */
    void send() throws SQLException {
        for (Table table : tables.values()) {
            table.send();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Table table : tables.values()) {
            table.insert.close();
        }
    }
}
