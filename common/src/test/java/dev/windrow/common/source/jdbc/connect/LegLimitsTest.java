package dev.windrow.common.source.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegLimitsTest {
    @ParameterizedTest
    @CsvSource({"1, 2000", "200, 2000", "300, 3000", "5999, 59990", "7000, 60000", "3600000, 60000"})
    void givesALegThatHoldsNobodyUpTenTimesItsEntryWithinAMinute(long entry, long leg) {
        assertThat(LegLimits.FREE.nanosAfter(Duration.ofMillis(entry).toNanos()))
                .isEqualTo(Duration.ofMillis(leg).toNanos());
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "5, 50", "6, 60", "99, 990", "101, 1000", "60000, 1000"})
    void givesALegThatHoldsWritersUpASecondAtMost(long entry, long leg) {
        assertThat(LegLimits.HOLDING.nanosAfter(Duration.ofMillis(entry).toNanos()))
                .isEqualTo(Duration.ofMillis(leg).toNanos());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "900000, 1, 1", "10000000, 1, 11", "100000000, 2, 101", "9000000000000, 150001, 9000001"})
    void tellsAboutHowManyLegsAnExportTakes(long rows, long free, long holding) {
        assertThat(LegLimits.FREE.entries(rows)).contains(free == 1 ? " one entry " : " " + free + " entries ");
        assertThat(LegLimits.HOLDING.entries(rows))
                .contains(holding == 1 ? " one entry " : " " + holding + " entries ");
    }
}
