package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|0-0",
                "Bytes=0-4|0-4",
                "bytes=5-|5-99",
                "bytes=-10|90-99",
                "bytes=-1000|0-99",
                "bytes=90-1000|90-99",
                "bytes=0-18446744073709551616999|0-99",
                "bytes=-18446744073709551616|0-99",
                "bytes=0-1,4-5|0-1 4-5",
                "bytes= 4-5 ,\t0-1 , |4-5 0-1",
                "bytes=,,3-4|3-4",
                "bytes=0-1,200-300|0-1",
                "bytes=007-008|7-8",
            })
    void findsTheParts(String header, String parts) {
        assertThat(RangeHeader.parse(header, 100)).isPresent();
        assertThat(RangeHeader.parse(header, 100).orElseThrow().stream()
                        .map(range -> range.first() + "-" + range.last())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-", "bytes=200-,-0"})
    void seesThatNothingIsThere(String header) {
        assertThat(RangeHeader.parse(header, 100)).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=,,",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=0-1,5-4",
                "bytes=0 - 1",
                "bytes=+0-1",
                "bytes=0x0-1",
                "bytes=0-1;2-3",
                "bytes=0",
                "bytes=--1",
                "items=0-1",
                "bytesx=0-1",
                "bytes =0-1",
                "bytes=0-1-2",
                "bytes=٣-٤"
            })
    void ignoresWhatIsMalformedOrOfAnotherUnit(String header) {
        assertThat(RangeHeader.parse(header, 100)).isEmpty();
    }

    @Test
    void ignoresMoreRangesThanAnyDownloadHas() {
        assertThat(RangeHeader.parse("bytes=" + "0-0,".repeat(64), 100)).isPresent();
        assertThat(RangeHeader.parse("bytes=" + "0-0,".repeat(65), 100)).isEmpty();
    }

    @Test
    void passesOverBlanksWhereARangeCouldBe() {
        assertThat(RangeHeader.parse("bytes=1-2, , ", 100)).contains(List.of(new ByteRange(1, 2)));
        assertThat(RangeHeader.parse("bytes= ", 100)).isEmpty();
    }

    @Test
    void readsEachPlaceOfTheLargestFile() {
        long place = 123_456_789_012_345_678L;

        assertThat(RangeHeader.parse("bytes=" + place + "-" + place, Long.MAX_VALUE))
                .contains(List.of(new ByteRange(place, place)));
    }

    @Test
    void ignoresARangeOfAnEmptyFile() {
        assertThat(RangeHeader.parse("bytes=-5", 0)).isEmpty();
        assertThat(RangeHeader.parse("bytes=0-", 0)).isEmpty();
        assertThat(RangeHeader.parse(null, 100)).isEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsAnyNumberOfBlanksOnce() {
        String blanks = " \t".repeat(500_000);

        assertThat(RangeHeader.parse("bytes=x" + blanks + "x", 100)).isEmpty();
        assertThat(RangeHeader.parse("bytes=" + blanks + "1-2" + blanks, 100)).contains(List.of(new ByteRange(1, 2)));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsNumeralsOfAnyLength() {
        String zeros = "0".repeat(1_000_000);

        assertThat(RangeHeader.parse("bytes=" + zeros + "1-" + zeros + "2", 100))
                .contains(List.of(new ByteRange(1, 2)));
        assertThat(RangeHeader.parse("bytes=2" + zeros + "-1" + zeros, 100)).isEmpty();
        assertThat(RangeHeader.parse("bytes=1" + zeros + "-2" + zeros, 100)).contains(List.of());
    }
}
