package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-9|0-9",
                "0-9,20-29|0-9 20-29",
                "20-29,0-9|20-29 0-9",
                "0-9,10-19|0-19",
                "0-9,5-15|0-15",
                "0-99,10-19|0-99",
                "50-60,0-9,55-70|50-70 0-9",
                "0-0,0-0,0-0|0-0",
                "0-9999,10000-|0-9999",
                "0-,-1|0-9999",
                "0-4838,5000-9839|0-4838 5000-9839",
            })
    void putsTogetherWhatTouchesInTheOrderOfTheRequest(String ranges, String spans) {
        assertThat(coalesce(ranges)).isEqualTo(spans);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-4949,5000-9999", "0-4839,5000-9839", "0-9000,9002-9003,9005-9999"})
    void sendsTheWholeWhereThePartsWouldBeNoSmaller(String ranges) {
        assertThat(coalesce(ranges)).isEqualTo("whole");
    }

    private static String coalesce(String ranges) {
        return Spans.coalesce(RangeHeader.parse("bytes=" + ranges, 10_000).orElseThrow(), 10_000)
                .map(spans -> spans.stream()
                        .map(span -> span.first() + "-" + span.last())
                        .collect(Collectors.joining(" ")))
                .orElse("whole");
    }
}
