package dev.windrow.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults that move with the clock. */
class MomentTest {
    private static final Instant NOW = Instant.parse("2024-03-01T13:14:15.678Z");

    @ParameterizedTest
    @CsvSource({
        "today, 2024-03-01, 2024-03-01T00:00:00Z",
        "today-1d, 2024-02-29, 2024-02-29T00:00:00Z",
        "today-30d, 2024-01-31, 2024-01-31T00:00:00Z",
        "today+2h, 2024-03-01, 2024-03-01T02:00:00Z",
        "now, 2024-03-01, 2024-03-01T13:14:15.678Z",
        "now-14h, 2024-02-29, 2024-02-29T23:14:15.678Z",
        "now+9999d, 2051-07-17, 2051-07-17T13:14:15.678Z"
    })
    void isADateOrAnInstant(String word, String date, String instant) {
        Parameter.Moment moment = Parameter.Moment.of(word).orElseThrow();

        assertThat(moment.at(NOW, ParameterType.DATE)).isEqualTo(date);
        assertThat(moment.at(NOW, ParameterType.TIMESTAMP)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Today", "today -1d", "today-d", "now-1w", "lastRun", "today-99999d", "2024-03-01"})
    void isNoOtherWord(String word) {
        assertThat(Parameter.Moment.of(word)).isEmpty();
    }

    @Test
    void isNoValueOfItsOwnWhereNobodyKnowsTheTime() throws Exception {
        Parameter since = Parameters.named("since", ParameterType.DATE)
                .defaultValue(new Parameter.Moment("today"))
                .get();

        BoundParameters bound = ParameterBinder.bind(List.of(since), Map.of(), "ann");

        assertThat(bound.sql().get("since")).isNull();
        assertThat(bound.json()).isEmpty();
    }
}
