package dev.windrow.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"PT5M, PT5M", "P1W, PT168H", "p1w, PT168H", "P0W, PT0S", "P1DT2H3M4.5S, PT26H3M4.5S", "-PT1S, PT-1S"})
    void areReadAsIsoHasThem(String text, Duration time) {
        assertThat(Durations.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5m", "P", "P1M", "P1Y", "P1W2D", "P-1W", "P99999999W", "PT99999999999999999999S"})
    void areNoOtherTexts(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void areNoNumbers() {
        assertThat(Durations.parse(5L)).isEmpty();
        assertThat(Durations.parse(null)).isEmpty();
    }
}
