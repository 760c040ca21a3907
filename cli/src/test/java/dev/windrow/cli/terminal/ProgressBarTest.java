package dev.windrow.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
    private static final List<String> WORDS = List.of("420,000 of 1,000,000 rows", "2 s left", "250,000 rows/s");

    @Test
    void showsEverythingWhereThereIsRoom() {
        assertThat(ProgressBar.line(42.0, WORDS, 120))
                .isEqualTo(" 42.0 %  [============>                 ]"
                        + "  420,000 of 1,000,000 rows  2 s left  250,000 rows/s");
    }

    @Test
    void leavesTheLeastTellingOutFirst() {
        assertThat(ProgressBar.line(42.0, WORDS, 60))
                .isEqualTo(" 42.0 %  [====>      ]  420,000 of 1,000,000 rows  2 s left");
        assertThat(ProgressBar.line(42.0, WORDS, 50)).isEqualTo(" 42.0 %  [====>      ]  420,000 of 1,000,000 rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 35, 79, 80, 81, 200})
    void neverReachesTheLastColumn(int width) {
        assertThat(ProgressBar.line(99.99, WORDS, width)).hasSizeLessThan(width).startsWith(" 99.9 %");
        assertThat(ProgressBar.line(null, WORDS, width)).hasSizeLessThan(width).startsWith("420,000");
    }

    @Test
    void hasNoBarWhereTheTotalIsNotKnown() {
        assertThat(ProgressBar.line(null, List.of("waiting", "place 3 in the queue"), 80))
                .isEqualTo("waiting  place 3 in the queue");
    }

    @Test
    void theBarIsFullOnlyAtTheEnd() {
        assertThat(ProgressBar.line(100.0, List.of(), 30)).isEqualTo("100.0 %  [==================]");
        assertThat(ProgressBar.line(99.999, List.of(), 30)).isEqualTo(" 99.9 %  [=================>]");
        assertThat(ProgressBar.line(0.0, List.of(), 30)).isEqualTo("  0.0 %  [>                 ]");
    }
}
