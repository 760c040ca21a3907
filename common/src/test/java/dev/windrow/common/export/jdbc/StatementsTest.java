package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

final class StatementsTest {
    private final SQLException lost = new SQLException("connection reset", "08006");
    private final SQLException deadlock = new SQLException("deadlock detected", "40P01");
    private final SQLException wrong = new SQLException("syntax error", "42601");

    private final Statements statements = new Statements(Dialect.POSTGRESQL);

    /** Answers in turn: a number of rows, or an exception. */
    private static IntSupplier answers(Object... answers) {
        Deque<Object> queue = new ArrayDeque<>(List.of(answers));
        return () -> {
            Object next = queue.remove();
            if (next instanceof SQLException e) {
                throw new UncategorizedSQLException("task", "sql", e);
            }
            return (Integer) next;
        };
    }

    @Test
    void asksTheRowWhetherALostAnswerWasAYes() {
        assertThat(statements.change(answers(lost, 0), () -> true)).isTrue();
        assertThat(statements.change(answers(lost, 0), () -> false)).isFalse();
        assertThat(statements.change(answers(lost, 1), () -> false)).isTrue();
    }

    @Test
    void believesANoThatWasHeard() {
        assertThat(statements.change(answers(0), () -> true)).isFalse();
        assertThat(statements.change(answers(deadlock, 0), () -> true)).isFalse();
    }

    @Test
    void givesUpAfterThreeTries() {
        assertThatThrownBy(() -> statements.change(answers(deadlock, lost, deadlock), () -> true))
                .isInstanceOf(ExportsUnavailableException.class)
                .hasMessage("The status database can't be reached or stays locked")
                .hasRootCause(deadlock);
    }

    @Test
    void doesNotRepeatAChangeThatNobodyCouldRecognise() {
        assertThat(statements.changeOnce(answers(deadlock, 7)::getAsInt)).isEqualTo(7);
        assertThatThrownBy(() -> statements.changeOnce(answers(lost, 7)::getAsInt))
                .isInstanceOf(ExportsUnavailableException.class);
    }

    @Test
    void doesNotWaitTwiceForAConnection() {
        Deque<Integer> answers = new ArrayDeque<>();
        assertThatThrownBy(() -> statements.read(() -> {
                    answers.add(1);
                    throw new CannotGetJdbcConnectionException("none left", wrong);
                }))
                .isInstanceOf(ExportsUnavailableException.class);
        assertThat(answers).hasSize(1);
    }

    @Test
    void makesRoomBeforeItTriesAgainOnAFullDisk() {
        SQLException full = new SQLException("database or disk is full", null, 13);
        SQLException memory = new SQLException("[SQLITE_IOERR_SHMSIZE] an I/O error", null, 10);
        AtomicInteger made = new AtomicInteger();
        Statements own = new Statements(Dialect.SQLITE, made::incrementAndGet);

        assertThat(own.change(answers(full, 1), () -> false)).isTrue();
        assertThat(made).hasValue(1);
        assertThat(own.change(answers(memory, 1), () -> false)).isTrue();
        assertThat(made).hasValue(2);
        assertThat(own.change(answers(new SQLException("busy", null, 5), 1), () -> false))
                .isTrue();
        assertThat(made).hasValue(2);
    }

    @Test
    void passesADefect() {
        assertThatThrownBy(() -> statements.change(answers(wrong, 1), () -> true))
                .isInstanceOf(DataAccessException.class)
                .hasRootCause(wrong);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10, 10 | 5 << 8, 11, 13, 14, 15, 26})
    void takesAFileInTroubleForAnUnknownOutcome(int code) {
        assertThat(Dialect.SQLITE.trouble(new SQLException("", null, code))).isEqualTo(Dialect.Trouble.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 5 | 2 << 8, 6})
    void takesALockForNothingDone(int code) {
        assertThat(Dialect.SQLITE.trouble(new SQLException("", null, code))).isEqualTo(Dialect.Trouble.NOT_DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19})
    void takesAnErrorInTheStatementForADefect(int code) {
        assertThat(Dialect.SQLITE.trouble(new SQLException("", null, code))).isEqualTo(Dialect.Trouble.DEFECT);
    }
}
