package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

final class SqliteStatusDatabaseTest extends ExportsFixture {
    @TempDir
    private Path folder;

    private TestDatabase testDatabase;

    @Override
    TestDatabase testDatabase() {
        if (testDatabase == null) {
            testDatabase = TestDatabase.sqlite(folder.resolve("home").resolve("data"));
        }
        return testDatabase;
    }

    @BeforeEach
    void queueOne() {
        queue("ann");
    }

    @Test
    void writesDurably() {
        JdbcClient writer = JdbcClient.create(database.writer());
        assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
        assertThat(pragma(writer, "synchronous")).isEqualTo("2");
        assertThat(pragma(writer, "busy_timeout")).isEqualTo("10000");
        assertThat(pragma(writer, "foreign_keys")).isEqualTo("1");
        assertThat(pragma(writer, "journal_size_limit")).isEqualTo("16777216");
        assertThat(pragma(writer, "query_only")).isEqualTo("0");
        JdbcClient reader = JdbcClient.create(database.reader());
        assertThat(pragma(reader, "journal_mode")).isEqualTo("wal");
        assertThat(pragma(reader, "busy_timeout")).isEqualTo("10000");
        assertThatThrownBy(() -> reader.sql("delete from exports").update())
                .hasMessageContaining("attempt to write a readonly database");
    }

    private static String pragma(JdbcClient client, String name) {
        return client.sql("pragma " + name).query(String.class).single();
    }

    @Test
    void keepsEverythingForThisUserAlone() throws IOException {
        Path home = folder.resolve("home");
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("data"))).isEqualTo("rwx------");
        for (String file : new String[] {"windrow.db", "windrow.db-wal", "windrow.db-shm"}) {
            assertThat(permissions(home.resolve("data").resolve(file))).as(file).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void knowsItsSchema() {
        assertThat(database.migrationFolder()).isEqualTo("sqlite");
        assertThat(database.schemaVersion()).hasValue(15);
        try (StatusDatabase empty = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("empty.db"), null, null)) {
            assertThat(empty.schemaVersion()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoFileOrNotKnown() {
        assertRefused("jdbc:sqlite::memory:", "The status database must be a plain file, not jdbc:sqlite::memory:");
        assertRefused("jdbc:sqlite:", "The status database must be a plain file, not jdbc:sqlite:");
        assertRefused(
                "jdbc:mysql://root:secret@db/x",
                "The status database is SQLite (jdbc:sqlite:FILE) or PostgreSQL (jdbc:postgresql:…), not jdbc:mysql:");
    }

    private static void assertRefused(String url, String message) {
        assertThatThrownBy(() -> StatusDatabase.open(url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void saysThatAServerCantBeReached() {
        assertThatThrownBy(() -> StatusDatabase.open("jdbc:postgresql://127.0.0.1:1/none", "none", "secret"))
                .isInstanceOf(ExportsUnavailableException.class)
                .hasMessageStartingWith("The status database can't be opened: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void letsNoUrlMakeItLessDurable() {
        String weak = testDatabase.url() + "?synchronous=OFF";
        try (StatusDatabase opened = StatusDatabase.open(weak, null, null)) {
            JdbcClient writer = JdbcClient.create(opened.writer());
            assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(writer, "synchronous")).isEqualTo("2");
        }
    }

    @Test
    void refusesADiskThatCantDoWal() {
        DataSource plain = new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("plain.db"));
        assertThatThrownBy(() -> SqliteFile.requireDurable(JdbcClient.create(plain)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The status database needs journal_mode=wal and synchronous=FULL, but has "
                        + "journal_mode=delete and synchronous=2");
    }

    @Test
    void waitsWhileAnotherProcessHoldsTheWriteLock() throws SQLException {
        Claim claim = claim();
        try (Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            CompletableFuture<Boolean> change = CompletableFuture.supplyAsync(() -> runs.handOver(claim));
            await().during(Duration.ofMillis(300)).until(() -> !change.isDone());
            // Readers do not wait.
            assertThat(row(claim).times().leaseUntil()).isEqualTo(NOW.plus(LEASE));
            statement.execute("commit");
            assertThat(change.join()).isTrue();
        }
    }

    @Test
    void repeatsAStatementThatTheLockRefused() throws SQLException {
        Statements statements = new Statements(Dialect.SQLITE);
        AtomicInteger tries = new AtomicInteger();
        try (Connection other = other();
                Statement lock = other.createStatement()) {
            JdbcClient impatient = JdbcClient.create(database.writer());
            impatient.sql("pragma busy_timeout = 0").query(Integer.class).single();
            lock.execute("begin immediate");
            boolean won = statements.change(
                    () -> {
                        if (tries.incrementAndGet() == 2) {
                            rollback(lock);
                        }
                        return impatient.sql("update exports set owner = 'bob'").update();
                    },
                    () -> false);
            assertThat(won).isTrue();
            assertThat(tries).hasValue(2);
            // The connection that was refused is not used again.
            assertThat(pragma(impatient, "busy_timeout")).isEqualTo("10000");
        }
    }

    private static void rollback(Statement statement) {
        try {
            statement.execute("rollback");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection other() throws SQLException {
        return DriverManager.getConnection(testDatabase.url());
    }
}
