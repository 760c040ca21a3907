package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** Of a file in WAL mode; what one with a rollback journal has its writers wait for is in {@link SqliteLegTest}. */
@Tag("slow")
class SqliteLiveTableTest extends CountedReadsContract {
    @TempDir
    Path folder;

    private final AtomicLong steps = new AtomicLong();

    @BeforeEach
    void writeAhead() throws SQLException {
        database().run("pragma journal_mode = wal");
    }

    @Override
    SqliteSource database() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    /** Tens of instructions of SQLite's machine. */
    @Override
    long read(LentConnection connection) throws SQLException {
        ProgressHandler.setHandler(connection.connection(), 10, new ProgressHandler() {
            @Override
            protected int progress() {
                steps.incrementAndGet();
                return 0;
            }
        });
        return steps.get();
    }

    @Override
    AutoCloseable lock() throws Exception {
        Connection owner = database().connect();
        try (Statement statement = owner.createStatement()) {
            statement.execute("pragma journal_mode = delete");
            statement.execute("begin exclusive");
        }
        return owner;
    }
}
