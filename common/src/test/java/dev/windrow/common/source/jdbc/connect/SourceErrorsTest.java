package dev.windrow.common.source.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceErrorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"08000", "08006", "53100", "53300", "57P01", "57P03", "40001", "40P01"})
    void takesLostConnectionsAndWantOfResourcesForWhatMayPass(String state) {
        SourceException error = SourceErrors.of(new SQLException("secret", state), Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(error.detail()).isEqualTo("The source database is not available.");
        assertThat(error.getMessage()).contains("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "22P02", "0A000"})
    void takesTheRestForWhatStays(String state) {
        SourceException error = SourceErrors.of(new SQLException("secret", state), Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.QUERY);
        assertThat(error.detail()).isEqualTo("Refused.");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 10, 14, 261, 5 + 256 * 3})
    void takesABusyOrUnreadableSqliteFileForWhatMayPass(int code) {
        SQLException busy = new SQLException("busy", null, code);
        assertThat(SourceErrors.of(busy, Dialect.SQLITE, "Refused.").kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void takesAWrongQueryOfASqliteFileForWhatStays(int code) {
        SQLException wrong = new SQLException("wrong", null, code);
        assertThat(SourceErrors.of(wrong, Dialect.SQLITE, "Refused.").kind()).isEqualTo(Kind.QUERY);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 26, 11 + 256})
    void takesADamagedSqliteFileForOneThatIsBeingReplaced(int code) {
        SourceException error = SourceErrors.of(new SQLException("wrong", null, code), Dialect.SQLITE, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(error.detail()).isEqualTo("The source database is damaged, or being replaced.");
    }

    @ParameterizedTest
    @CsvSource({
        "57014, statement_timeout",
        "55P03, lock_timeout",
        "25P03, idle_in_transaction_session_timeout",
        "25P04, transaction_timeout"
    })
    void namesWhatTheServerItselfHasEnded(String state, String words) {
        SourceException error = SourceErrors.of(new SQLException("secret", state), Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(error.detail()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22000", "22021", "22P05"})
    void takesTextThatIsNotValidForAFaultOfAValue(String state) {
        SourceException error = SourceErrors.of(new SQLException("secret", state), Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.VALUE);
        assertThat(error.detail()).isEqualTo("The source holds a text that is not valid in its encoding.");
    }

    @Test
    void tellsAnOldPlanFromWhatTheServerCanNotDo() {
        SQLException old = new SQLException("ERROR: cached plan must not change result type", "0A000");
        SourceException error = SourceErrors.of(old, Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(error.detail()).isEqualTo("The source's schema was changed while it was read.");
    }

    /** DuckDB's driver gives words alone. */
    @ParameterizedTest
    @CsvSource({
        "IO Error: no space left, UNAVAILABLE",
        "Binder Error: no column, QUERY",
        "Out of Memory Error: could not, UNAVAILABLE"
    })
    void tellsWhatMayPassOfDuckdbByItsFirstWords(String words, Kind kind) {
        assertThat(SourceErrors.of(new SQLException(words), Dialect.DUCKDB, "Refused.")
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void saysWhichMemoryOfDuckdbWasTooSmall() {
        SQLException full = new SQLException("Out of Memory Error: could not");
        assertThat(SourceErrors.of(full, Dialect.DUCKDB, "Refused.").detail()).contains("memory_limit");
    }

    /** Others may have it in a text of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"IO Error: no space left", "Out of Memory Error: could not"})
    void takesWordsForThoseOfDuckdbFromDuckdbAlone(String words) {
        assertThat(SourceErrors.of(new SQLException(words), Dialect.H2, "Refused.")
                        .kind())
                .isEqualTo(Kind.QUERY);
    }

    @Test
    void saysThatAQueryWritesOrLocks() {
        SourceException error = SourceErrors.of(new SQLException("secret", "25006"), Dialect.POSTGRESQL, "Refused.");
        assertThat(error.kind()).isEqualTo(Kind.QUERY);
        assertThat(error.detail()).isEqualTo("Refused. It writes or locks rows, and a source is only read.");
    }
}
