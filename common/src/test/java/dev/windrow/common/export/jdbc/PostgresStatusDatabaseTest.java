package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.transaction.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class PostgresStatusDatabaseTest extends ExportsFixture {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }

    @Test
    void writesDurablyWhateverTheServersDefault() throws SQLException {
        String setting = "show synchronous_commit";
        try (Connection other = other();
                Statement statement = other.createStatement();
                var result = statement.executeQuery(setting)) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("off");
        }
        assertThat(JdbcClient.create(database.writer())
                        .sql(setting)
                        .query(String.class)
                        .single())
                .isEqualTo("on");
    }

    @Test
    void knowsItsSchema() {
        assertThat(database.migrationFolder()).isEqualTo("postgresql");
        assertThat(database.schemaVersion()).hasValue(15);
        JdbcClient.create(database.writer())
                .sql("create schema if not exists bare")
                .update();
        TestDatabase known = testDatabase();
        String bare = known.url() + (known.url().contains("?") ? "&" : "?") + "currentSchema=bare";
        try (StatusDatabase empty = StatusDatabase.open(bare, known.username(), known.password())) {
            assertThat(empty.schemaVersion()).isEmpty();
        }
    }

    @Test
    void goesOnAfterTheServerDroppedItsConnections() throws SQLException {
        Claim claim = running();
        dropConnections();
        assertThat(runs.progress(claim, progress(420, 42.0), LATER)).isTrue();
        dropConnections();
        assertThat(row(claim).progress()).isEqualTo(progress(420, 42.0));
        dropConnections();
        assertThat(runs.handOver(claim)).isTrue();
    }

    /** The rollback fails then, too, and does not say why. */
    @Test
    void beginsATransactionAnewThatTheServerDropped() {
        AtomicInteger tries = new AtomicInteger();
        database.transactions()
                .inOne(
                        () -> {
                            queue("ann");
                            if (tries.incrementAndGet() == 1) {
                                assertThatNoException().isThrownBy(this::dropConnections);
                            }
                            queue("ann");
                            return "done";
                        },
                        Optional::empty);
        assertThat(tries).hasValue(2);
        assertThat(exports.list("ann", Exports.Filter.ALL, null, 10)).hasSize(2);
    }

    @Test
    void isAwayWhileItIsAFormerPrimary() {
        Transactions transactions = database.transactions();
        assertThatThrownBy(() -> transactions.inOne(
                        () -> {
                            JdbcClient.create(database.writer())
                                    .sql("set transaction read only")
                                    .update();
                            queue("ann");
                            return "done";
                        },
                        Optional::empty))
                .isInstanceOf(ExportsUnavailableException.class);
    }

    private void dropConnections() throws SQLException {
        try (Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                    + "where application_name = 'windrow' and pid <> pg_backend_pid()");
        }
    }

    private Connection other() throws SQLException {
        TestDatabase known = testDatabase();
        return DriverManager.getConnection(known.url(), known.username(), known.password());
    }
}
