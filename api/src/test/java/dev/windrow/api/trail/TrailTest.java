package dev.windrow.api.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.testkit.Migrations;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class TrailTest {
    private static final Actor ANN = new Actor("ann", null, null);

    @TempDir
    private Path folder;

    private StatusDatabase database;
    private AuditLog log;
    private final Troubled transactions = new Troubled();
    private LateRows late;
    private Trail trail;

    /** The database's own, which can be held up, and whose answer can be lost. */
    private final class Troubled implements Transactions {
        private CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean away;
        private final AtomicInteger refused = new AtomicInteger();
        private boolean answerIsLost;
        private boolean failsOnce;

        @Override
        public <T> T inOne(Supplier<T> work, Supplier<Optional<T>> landed) {
            awaitGate();
            if (away) {
                refused.incrementAndGet();
                throw new ExportsUnavailableException("away", new IllegalStateException());
            }
            Transactions real = database.transactions();
            if (failsOnce) {
                assertThatThrownBy(() -> {
                            T unused = real.inOne(
                                    () -> {
                                        T undone = work.get();
                                        throw new IllegalStateException("rolled back: " + undone);
                                    },
                                    landed);
                        })
                        .hasMessageStartingWith("rolled back");
                assertThat(landed.get()).isEmpty();
            }
            T done = real.inOne(work, landed);
            if (answerIsLost) {
                Optional<T> found = landed.get();
                assertThat(found).contains(done);
            }
            return done;
        }

        private void awaitGate() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void open() {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        log = new JdbcAuditLog(JdbcClient.create(database.migrationSource()), database::reading, "here");
        late = new LateRows(log, transactions);
        trail = new Trail(log, transactions, late, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        transactions.gate.countDown();
        late.close();
        database.close();
    }

    private void later(String outcome) {
        trail.later(ANN, Action.DOWNLOAD, Subject.NONE, Amount.NONE, outcome);
    }

    private List<AuditRow> rows() {
        return log.after(0, 20_000);
    }

    @Test
    void knowsAChangeWhoseAnswerWasLostByItsRow() {
        transactions.answerIsLost = true;
        trail.note(ANN, Action.TOKEN, Subject.NONE, Amount.NONE);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void takesNoTryThatWasUndoneForDone() {
        transactions.failsOnce = true;
        trail.note(ANN, Action.TOKEN, Subject.NONE, Amount.NONE);
        assertThat(rows()).hasSize(1);
        assertThat(rows().get(0).number()).isOne();
    }

    @Test
    void hasNoRowOfAChangeThatWasNotMade() {
        assertThat(trail.change(ANN, Action.CANCEL, () -> false, made -> Optional.empty()))
                .isFalse();
        assertThat(rows()).isEmpty();
    }

    @Test
    void writesWhatComesLaterInItsOrder() {
        for (int i = 0; i < 250; i++) {
            later("row " + i);
        }
        await().until(() -> rows().size() == 250);
        assertThat(rows()).extracting(row -> row.event().outcome()).first().isEqualTo("row 0");
        assertThat(rows()).extracting(row -> row.event().outcome()).last().isEqualTo("row 249");
        assertThat(trail.lost()).isZero();
    }

    @Test
    void waitsForNothingAndCountsWhatHasNoRoom() {
        transactions.gate = new CountDownLatch(1);
        later("held");
        // The thread has taken this one, and perhaps some of those that follow at once.
        for (int i = 0; i < 10_200; i++) {
            later("more");
        }
        assertThat(trail.lost()).isBetween(1L, 200L);
        transactions.gate.countDown();
        await().until(() -> rows().size() + trail.lost() == 10_201);
    }

    @Test
    void writesWhatWaitsBeforeTheEnd() {
        transactions.gate = new CountDownLatch(1);
        later("one");
        later("two");
        transactions.gate.countDown();
        late.close();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void keepsWhatADatabaseThatIsAwayDidNotTake() {
        transactions.away = true;
        later("one");
        await().until(() -> transactions.refused.get() > 0);
        transactions.away = false;
        await().until(() -> rows().size() == 1);
        assertThat(trail.lost()).isZero();
    }

    @Test
    void countsWhatADatabaseThatStaysAwayDidNotTake() {
        transactions.away = true;
        later("one");
        late.close();
        assertThat(trail.lost()).isOne();
        transactions.away = false;
        assertThat(rows()).isEmpty();
    }

    @Test
    void writesParametersInOneFormForEachValue() {
        assertThat(Subjects.digest(Map.of("b", 1, "a", List.of("x", 2.50))))
                .isEqualTo(Subjects.digest(Map.of("a", List.of("x", new BigDecimal("2.5")), "b", 1.0)))
                .isNotEqualTo(Subjects.digest(Map.of("b", "1", "a", List.of("x", 2.5))));
        assertThat(Subjects.digest(Map.of("a", new BigDecimal("1e999999999")))).hasSize(64);
    }
}
