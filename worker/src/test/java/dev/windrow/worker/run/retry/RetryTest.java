package dev.windrow.worker.run.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Export.Attempts;
import dev.windrow.common.export.FailureCode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The retry rule as a table: every failure code, by how often the export failed in a row before. */
final class RetryTest {
    private static final String NEVER = "- - - - - - -";
    private static final String BACK_OFF = "2 10 60 300 900 - -";
    private static final String SPOILT = "2 10 60 - - - -";

    /** Seconds to wait after 0, 1, 2 … failures in a row; - where the export has failed. */
    private static final Map<FailureCode, String> TABLE = Map.of(
            FailureCode.SOURCE_UNAVAILABLE, BACK_OFF,
            FailureCode.SOURCE_QUERY_FAILED, NEVER,
            FailureCode.STORAGE_FULL, BACK_OFF,
            FailureCode.STORAGE_UNAVAILABLE, BACK_OFF,
            FailureCode.ROW_UNENCODABLE, NEVER,
            FailureCode.ROWS_LOST, NEVER,
            FailureCode.NOT_ALLOWED, NEVER,
            FailureCode.QUOTA_EXCEEDED, NEVER,
            FailureCode.LOST_TOO_OFTEN, NEVER,
            FailureCode.INTERNAL, NEVER);

    @ParameterizedTest
    @EnumSource
    void waitsAsTheTableSays(FailureCode code) {
        assertThat(row(code, false, false, 1)).isEqualTo(TABLE.get(code));
        assertThat(row(code, false, true, 1)).isEqualTo(TABLE.get(code));
        assertThat(row(code, false, false, 1_000))
                .as("however often it was tried in all")
                .isEqualTo(TABLE.get(code));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "9, true", "10, false", "11, false"})
    void triesASpoiltArchiveThreeTimesInARowAndTenTimesInAll(int attempt, boolean again) {
        assertThat(row(FailureCode.INTERNAL, true, false, attempt)).isEqualTo(again ? SPOILT : NEVER);
        assertThat(row(FailureCode.INTERNAL, true, true, attempt)).isEqualTo(again ? SPOILT : NEVER);
    }

    @Test
    void beginsAnewWhereTheCheckpointIsGone() {
        Attempts attempts = new Attempts(3, 2, 1, 1);
        Duration wait = Duration.ofSeconds(10);
        assertThat(Retry.decide(FailureCode.STORAGE_FULL, false, attempts, false))
                .isEqualTo(new Retry.Again(wait));
        assertThat(Retry.decide(FailureCode.STORAGE_FULL, false, attempts, true))
                .isEqualTo(new Retry.Anew(wait));
        assertThat(Retry.decide(FailureCode.ROWS_LOST, false, attempts, true)).isEqualTo(new Retry.Final());
    }

    @ParameterizedTest
    @CsvSource({"1, true", "9, true", "10, false", "11, false"})
    void countsInAllWhereEachAttemptBeginsTheCountAnew(int attempt, boolean again) {
        Attempts attempts = new Attempts(attempt, attempt, 0, 0);
        assertThat(Retry.decideElsewhere(FailureCode.STORAGE_FULL, false, attempts))
                .isEqualTo(again ? new Retry.Again(Duration.ofSeconds(2)) : new Retry.Final());
    }

    private static String row(FailureCode code, boolean spoilt, boolean gone, int attempt) {
        StringBuilder waits = new StringBuilder();
        for (int failures = 0; failures < 7; failures++) {
            Attempts attempts = new Attempts(9, attempt, 2, failures);
            waits.append(failures == 0 ? "" : " ").append(seconds(Retry.decide(code, spoilt, attempts, gone), gone));
        }
        return waits.toString();
    }

    private static String seconds(Retry retry, boolean gone) {
        if (gone) {
            return retry instanceof Retry.Anew anew
                    ? String.valueOf(anew.after().toSeconds())
                    : "-";
        }
        return retry instanceof Retry.Again again ? String.valueOf(again.after().toSeconds()) : "-";
    }
}
