package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog.Filter;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.ChainCheck;
import dev.windrow.common.audit.ChainCheck.Verdict;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.export.Exports;
import dev.windrow.common.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditTest extends EachDatabase {
    private static final Actor ANN = new Actor("ann", "ci", "192.0.2.1");
    private static final Subject READINGS = new Subject("e-1", "readings", "ab");

    private JdbcAuditLog log;
    private Transactions transactions;

    @BeforeEach
    void empty() {
        sql("delete from audit");
        sql("update audit_chain set newest = 0, forgotten = 0, newest_hash = '" + AuditRow.NOTHING
                + "', forgotten_hash = '" + AuditRow.NOTHING + "'");
        log = log(database, "here");
        transactions = database.transactions();
    }

    private static JdbcAuditLog log(StatusDatabase database, String instance) {
        return new JdbcAuditLog(JdbcClient.create(database.writer()), database::reading, instance);
    }

    private void sql(String statement) {
        JdbcClient.create(database.writer()).sql(statement).update();
    }

    private static Event event(Instant at, Action action) {
        return new Event(at, ANN, action, READINGS, new Amount("bytes 0-9/100", 7L, 10L), "done");
    }

    private AuditRow append(Instant at, Action action) {
        return transactions.inOne(() -> log.append(event(at, action)), Optional::empty);
    }

    private void fill(int rows) {
        List<Action> actions = List.of(Action.START, Action.REFUSAL, Action.CANCEL, Action.RETRY, Action.DELETE);
        for (int i = 0; i < rows; i++) {
            append(NOW.plusSeconds(i), actions.get(i % actions.size()));
        }
    }

    private ChainCheck.Fault fault() {
        return Objects.requireNonNull(ChainCheck.of(log).fault(), "no fault");
    }

    @Test
    void keepsWhatWasDone() {
        AuditRow first = append(NOW, Action.START);
        AuditRow second = transactions.inOne(
                () -> log.append(
                        new Event(NOW.plusNanos(1), Actor.NOBODY, Action.LINK_USE, Subject.NONE, Amount.NONE, "cut")),
                Optional::empty);

        assertThat(log.list(Filter.ALL, null, 10)).containsExactly(second, first);
        assertThat(first).isEqualTo(new AuditRow(1, event(NOW, Action.START), "here", AuditRow.NOTHING));
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(second.event().at()).isEqualTo(NOW);
    }

    @Test
    void keepsTextsThatADatabaseWouldChange() {
        Actor odd = new Actor("a\0\ud83d\n\"\\ü\u2028😀", "k".repeat(2_000), "");
        AuditRow row = transactions.inOne(
                () -> log.append(new Event(NOW, odd, Action.START, Subject.NONE, Amount.NONE, "done")),
                Optional::empty);

        assertThat(log.list(Filter.ALL, null, 1)).containsExactly(row);
        assertThat(row.text())
                .contains("\"a??\\u000a\\\"\\\\ü\\u202", "…\"", "\"address\":\"\"")
                .doesNotContain("\n");
        assertThat(ChainCheck.of(log).fault()).isNull();
    }

    @Test
    void isPartOfTheChange() {
        assertThatThrownBy(() -> transactions.inOne(
                        () -> {
                            queue("ann");
                            log.append(event(NOW, Action.START));
                            throw new IllegalArgumentException("no");
                        },
                        Optional::empty))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(log.list(Filter.ALL, null, 10)).isEmpty();
        assertThat(exports.list("ann", Exports.Filter.ALL, null, 10)).isEmpty();
        assertThat(append(NOW, Action.START).number()).isOne();
    }

    @Test
    void hasItsLineOnceItIsDurable() {
        Logger logger = (Logger) LoggerFactory.getLogger("windrow.audit");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        AuditRow row;
        try {
            row = append(NOW, Action.START);
            assertThatThrownBy(() -> transactions.inOne(
                            () -> {
                                log.append(event(NOW, Action.DELETE));
                                throw new IllegalArgumentException("no");
                            },
                            Optional::empty))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly("INFO audit " + row.text() + " sha256=" + row.hash());
        assertThat(row.text())
                .isEqualTo("{\"number\":1,\"at\":\"2026-03-01T12:00:00.123Z\",\"principal\":\"ann\",\"key\":\"ci\","
                        + "\"address\":\"192.0.2.1\",\"action\":\"start\",\"export\":\"e-1\",\"dataset\":\"readings\","
                        + "\"parametersSha256\":\"ab\",\"part\":\"bytes 0-9/100\",\"rows\":7,\"bytes\":10,"
                        + "\"outcome\":\"done\",\"instance\":\"here\",\"previous\":\"" + AuditRow.NOTHING + "\"}");
    }

    @Test
    void isWrittenInATransactionAlone() {
        assertThatThrownBy(() -> log.append(event(NOW, Action.START))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.forget(NOW, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsWhetherARowIsThere() {
        AuditRow row = append(NOW, Action.START);
        AuditRow other = new AuditRow(1, row.event(), "another process", row.previous());

        assertThat(log.holds(row)).isTrue();
        assertThat(log.holds(other)).isFalse();
        assertThat(log.holds(new AuditRow(2, row.event(), "here", row.previous())))
                .isFalse();
    }

    @Test
    void showsWhatIsAskedFor() {
        fill(10);

        assertThat(numbers(Filter.ALL, null, 3)).containsExactly(10L, 9L, 8L);
        assertThat(numbers(Filter.ALL, 3L, 10)).containsExactly(2L, 1L);
        assertThat(numbers(new Filter("ann", null, null, null, null), null, 99)).hasSize(10);
        assertThat(numbers(new Filter("bob", null, null, null, null), null, 99)).isEmpty();
        assertThat(numbers(new Filter(null, "e-1", "cancel", null, null), null, 99))
                .containsExactly(8L, 3L);
        assertThat(numbers(new Filter(null, "e-2", null, null, null), null, 99)).isEmpty();
        assertThat(numbers(new Filter(null, null, null, NOW.plusSeconds(2), NOW.plusSeconds(4)), null, 99))
                .containsExactly(4L, 3L);
    }

    private Stream<Long> numbers(Filter filter, Long before, int limit) {
        return log.list(filter, before, limit).stream().map(AuditRow::number);
    }

    @Test
    void isOneChainWhoeverWritesIt() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (StatusDatabase other = testDatabase().open()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                StatusDatabase mine = i % 2 == 0 ? database : other;
                JdbcAuditLog itsLog = log(mine, "process " + i % 2);
                Transactions its = mine.transactions();
                all.add(CompletableFuture.runAsync(
                        () -> {
                            for (int row = 0; row < 25; row++) {
                                its.inOne(() -> itsLog.append(event(NOW, Action.DOWNLOAD)), Optional::empty);
                            }
                        },
                        threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }

        assertThat(ChainCheck.of(log)).isEqualTo(new Verdict(200, NOW, NOW, null));
        assertThat(log.after(0, 300).stream().map(AuditRow::instance).distinct())
                .hasSize(2);
    }

    @Test
    void isWholeWhereThereIsNothing() {
        assertThat(ChainCheck.of(log)).isEqualTo(new Verdict(0, null, null, null));
    }

    @Test
    void isReadInPieces() {
        transactions.inOne(
                () -> {
                    for (int i = 0; i < 2_001; i++) {
                        log.append(event(NOW, Action.DOWNLOAD));
                    }
                    return "done";
                },
                Optional::empty);

        assertThat(ChainCheck.of(log).rows()).isEqualTo(2_001);
        sql("update audit set outcome = 'x' where number = 1500");
        assertThat(fault().row()).isEqualTo(1_501);
    }

    @ParameterizedTest
    @CsvSource({
        "at = at + 1, 4",
        "principal = 'bob', 4",
        "principal = null, 4",
        "key_name = 'other', 4",
        "address = '', 4",
        "action = 'start', 4",
        "export = 'e-2', 4",
        "dataset = 'people', 4",
        "parameters_sha256 = 'cd', 4",
        "part = null, 4",
        "row_count = 8, 4",
        "byte_count = null, 4",
        "outcome = 'cut', 4",
        "instance = 'there', 4",
        "previous = 'ef', 3",
        "number = 30, 3"
    })
    void noticesEveryColumnThatIsChanged(String change, long row) {
        fill(5);
        sql("update audit set " + change + " where number = 3");
        assertThat(fault().row()).isEqualTo(row);
        assertThat(fault().at()).isEqualTo(change.startsWith("number") ? null : NOW.plusSeconds(row - 1));
    }

    @Test
    void noticesTheNewestThatIsChanged() {
        fill(3);
        sql("update audit set principal = 'bob' where number = 3");
        assertThat(fault())
                .isEqualTo(new ChainCheck.Fault(3, NOW.plusSeconds(2), "it is not as it was written: it was changed"));
    }

    @ParameterizedTest
    @CsvSource({
        "number = 1, 1, it was removed",
        "number = 3, 3, it was removed",
        "number = 5, 5, it was removed",
        "number > 2, 3, it and all up to row 5 were removed",
        "number < 3, 1, it and all up to row 2 were removed",
        "number > 0, 1, it and all up to row 5 were removed"
    })
    void noticesRowsThatAreRemoved(String which, long row, String words) {
        fill(5);
        sql("delete from audit where " + which);
        assertThat(fault()).isEqualTo(new ChainCheck.Fault(row, null, words));
    }

    @Test
    void noticesTwoThatHaveChangedPlaces() {
        fill(5);
        sql("update audit set number = 99 where number = 2");
        sql("update audit set number = 2 where number = 3");
        sql("update audit set number = 3 where number = 99");
        assertThat(fault().row()).isEqualTo(2);
    }

    @Test
    void noticesARowThatWasPutIn() {
        fill(2);
        AuditRow newest = log.list(Filter.ALL, null, 1).get(0);
        sql("insert into audit (number, at, action, outcome, instance, previous) values (3, 1, 'start', 'done', 'x', '"
                + newest.hash() + "')");
        assertThat(fault().words()).isEqualTo("it is newer than the newest that was written: it was put in by hand");
    }

    @Test
    void forgetsTheOldestAndStaysWhole() {
        fill(10);

        assertThat(forget(NOW.plusSeconds(4), 3)).isEqualTo(3);
        assertThat(forget(NOW.plusSeconds(4), 3)).isEqualTo(1);
        assertThat(forget(NOW.plusSeconds(4), 3)).isZero();
        assertThat(ChainCheck.of(log)).isEqualTo(new Verdict(6, NOW.plusSeconds(4), NOW.plusSeconds(9), null));
        assertThat(forget(NOW.plus(Duration.ofDays(1)), 100)).isEqualTo(6);
        assertThat(ChainCheck.of(log)).isEqualTo(new Verdict(0, null, null, null));
        assertThat(append(NOW, Action.START).number()).isEqualTo(11);
        assertThat(ChainCheck.of(log).fault()).isNull();
    }

    /** Its clock was behind. */
    @Test
    void forgetsNoRowBeforeANewerOne() {
        append(NOW.plusSeconds(9), Action.START);
        append(NOW, Action.START);
        assertThat(forget(NOW.plusSeconds(5), 100)).isZero();
        assertThat(ChainCheck.of(log).rows()).isEqualTo(2);
    }

    @Test
    void noticesThatMoreWasRemovedThanForgotten() {
        fill(10);
        forget(NOW.plusSeconds(4), 100);
        sql("delete from audit where number = 5");
        assertThat(fault()).isEqualTo(new ChainCheck.Fault(5, null, "it was removed"));
    }

    @Test
    void noticesAnotherEndOfWhatWasForgotten() {
        fill(10);
        forget(NOW.plusSeconds(4), 100);
        sql("delete from audit where number = 5");
        sql("update audit_chain set forgotten = 5");
        assertThat(fault().row()).isEqualTo(6);
        assertThat(fault().words()).startsWith("it does not follow what was forgotten before it");
    }

    private int forget(Instant before, int limit) {
        return transactions.inOne(() -> log.forget(before, limit), Optional::empty);
    }
}
