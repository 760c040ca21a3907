package dev.windrow.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JobRunr's tables, and who may make them. */
final class RingStoreTest {
    @TempDir
    private Path folder;

    private QueueDatabase queue;

    @BeforeEach
    void open() {
        queue = QueueDatabase.sqlite(folder.resolve("queue.db"));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void makesTheRestOfWhatAKilledStartBegan() throws SQLException {
        RingStore.migrate(queue);
        try (Connection connection = queue.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into jobrunr_migrations values "
                    + "('00000000-0000-0000-0000-000000000000', 'locker', '2026-03-01T10:20:30Z')");
        }

        RingStore.migrate(queue);

        try (Connection connection = queue.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet locks =
                        statement.executeQuery("select count(*) from jobrunr_migrations where id like '0000%'")) {
            assertThat(locks.getInt(1)).isZero();
        }
    }
}
