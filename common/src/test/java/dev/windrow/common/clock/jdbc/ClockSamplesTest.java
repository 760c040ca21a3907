package dev.windrow.common.clock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClockSamplesTest {
    private static final long MILLI = 1_000_000;

    private final ClockSamples samples = new ClockSamples();

    /** The server is 5 s ahead, and answers at the end of the way. */
    private void ask(long atMillis, long wayMillis, long ahead) {
        samples.add(atMillis * MILLI, (atMillis + wayMillis) * MILLI, (atMillis + wayMillis + ahead) * 1_000);
    }

    @Test
    void takesTheMiddleOfTheWay() {
        ask(1_000, 10, 5_000);
        assertThat(samples.microsAt(2_000 * MILLI)).isEqualTo(7_005_000);
    }

    @Test
    void goesByTheAnswerWithTheShortestWay() {
        ask(1_000, 2, 5_000);
        ask(2_000, 400, 5_000);
        ask(3_000, 30, 5_000);
        assertThat(samples.microsAt(4_000 * MILLI)).isEqualTo(9_001_000);
    }

    @Test
    void forgetsWhatWasSaidBeforeTheClockWasSet() {
        ask(1_000, 2, 5_000);
        ask(2_000, 40, -60_000);
        assertThat(samples.microsAt(4_000 * MILLI)).isEqualTo(-55_980_000);
    }

    @Test
    void followsAClockThatDriftsAway() {
        for (int i = 0; i < 9; i++) {
            ask(1_000 + i * 1_000, i == 0 ? 0 : 2, 5_000 + i);
        }
        // The first, which was the nearest then, is too old by now.
        assertThat(samples.microsAt(20_000 * MILLI)).isEqualTo(25_002_000);
    }
}
