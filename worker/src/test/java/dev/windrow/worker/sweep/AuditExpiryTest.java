package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.ChainCheck;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.testkit.Migrations;
import dev.windrow.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditExpiryTest {
    private static final Duration KEPT = Duration.ofDays(400);

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:20:30.123Z"));
    private StatusDatabase database;
    private AuditLog audit;
    private Transactions transactions;
    private AuditExpiry expiry;

    @BeforeEach
    void open() {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        audit = new JdbcAuditLog(JdbcClient.create(database.migrationSource()), database::reading, "here");
        transactions = database.transactions();
        expiry = new AuditExpiry(audit, transactions, KEPT, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void append(int rows) {
        AuditRow last = transactions.inOne(
                () -> {
                    AuditRow row = null;
                    for (int i = 0; i < rows; i++) {
                        row = audit.append(new Event(
                                clock.instant(), Actor.NOBODY, Action.START, Subject.NONE, Amount.NONE, "done"));
                    }
                    return row;
                },
                Optional::empty);
        assertThat(last.number()).isGreaterThanOrEqualTo(rows);
    }

    @Test
    void forgetsAllWhoseTimeIsOverHoweverManyThereAre() {
        append(2_500);
        clock.pass(Duration.ofMillis(1));
        append(2);
        clock.pass(KEPT);
        expiry.run();
        assertThat(audit.after(0, 10).stream().map(AuditRow::number)).containsExactly(2_501L, 2_502L);
        assertThat(ChainCheck.of(audit).fault()).isNull();
    }

    @Test
    void keepsWhatIsNotSoOld() {
        append(3);
        clock.pass(KEPT);
        expiry.run();
        assertThat(ChainCheck.of(audit).rows()).isEqualTo(3);
        clock.pass(Duration.ofMillis(1));
        expiry.run();
        expiry.run();
        assertThat(ChainCheck.of(audit).rows()).isZero();
    }
}
