package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "wait=20|20",
                "WAIT=20|20",
                "wait = 20|20",
                "wait=\"20\"|20",
                "wait=0|0",
                "wait=007|7",
                "wait=60|60",
                "wait=61|60",
                "wait=99999999999999999999|60",
                "respond-async, wait=5|5",
                "respond-async,wait=5;x=y|5",
                "foo; bar=\"a, wait=9\", wait=5|5",
                "return=minimal; a; b=c , wait=5|5",
                "wait=5, wait=9|5",
                ",, wait=5|5",
                "foo=, wait=5|5",
            })
    void takesTheSecondsToWait(String header, int seconds) {
        assertThat(Prefer.waitSeconds(List.of(header))).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=abc",
                "wait=\"\"",
                "waiting=5",
                "respond-async",
                "foo=\"wait=5\"",
                "=5",
                "wait 5"
            })
    void ignoresWhatCannotBeUnderstood(String header) {
        assertThat(Prefer.waitSeconds(List.of(header))).isEmpty();
    }

    @Test
    void readsSeveralLinesAsOneList() {
        assertThat(Prefer.waitSeconds(List.of("respond-async", "wait=3"))).hasValue(3);
        assertThat(Prefer.waitSeconds(List.of())).isEqualTo(OptionalInt.empty());
    }

    @Test
    void doesNotTakeLongForALongHeader() {
        assertThat(Prefer.waitSeconds(List.of("a;".repeat(4000) + "\""))).isEmpty();
        assertThat(Prefer.waitSeconds(List.of("a=\"" + "\\".repeat(8000)))).isEmpty();
        assertThat(Prefer.waitSeconds(List.of(" ,".repeat(4000)))).isEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsAnyNumberOfBlanksOnce() {
        String blanks = " ".repeat(500_000);

        assertThat(Prefer.waitSeconds(List.of("a=" + blanks + "\""))).isEmpty();
        assertThat(Prefer.waitSeconds(List.of("a;b=" + blanks + "\""))).isEmpty();
        assertThat(Prefer.waitSeconds(List.of("wait =" + blanks + "5" + blanks)))
                .hasValue(5);
    }
}
