package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {
    private static final String TAG = "\"a\"";
    private static final Instant MODIFIED = Instant.parse("2026-11-06T08:49:37Z");
    private static final String SAME = "Fri, 06 Nov 2026 08:49:37 GMT";
    private static final String EARLIER = "Fri, 06 Nov 2026 08:49:36 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-|-|-|PROCEED",
                "\"a\"|-|-|-|PROCEED",
                "W/\"a\"|-|-|-|FAILED",
                "\"b\"|-|-|-|FAILED",
                "*|-|-|-|PROCEED",
                "-|same|-|-|PROCEED",
                "-|earlier|-|-|FAILED",
                "-|nonsense|-|-|PROCEED",
                "\"a\"|earlier|-|-|PROCEED",
                "-|-|\"a\"|-|NOT_MODIFIED",
                "-|-|W/\"a\"|-|NOT_MODIFIED",
                "-|-|\"b\"|-|PROCEED",
                "-|-|*|-|NOT_MODIFIED",
                "-|-|\"b\"|same|PROCEED",
                "-|-|-|same|NOT_MODIFIED",
                "-|-|-|earlier|PROCEED",
                "-|-|-|nonsense|PROCEED",
                "\"b\"|-|\"a\"|-|FAILED",
                "\"a\"|-|\"a\"|-|NOT_MODIFIED",
            })
    void areHeededInTheirOrder(String ifMatch, String unmodified, String ifNoneMatch, String modified, String outcome) {
        Preconditions conditions = new Preconditions(
                ifMatch == null ? List.of() : List.of(ifMatch),
                date(unmodified),
                ifNoneMatch == null ? List.of() : List.of(ifNoneMatch),
                date(modified),
                null);
        assertThat(conditions.evaluate(TAG, MODIFIED)).hasToString(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|true",
                "\"a\"|true",
                "W/\"a\"|false",
                "\"b\"|false",
                "a|false",
                "*|false",
                "\"a\", \"b\"|false",
                "same|true",
                "earlier|false",
                "nonsense|false",
            })
    void allowARangeOfThisVeryFileOnly(String ifRange, boolean allowed) {
        Preconditions conditions = new Preconditions(List.of(), null, List.of(), null, date(ifRange));
        assertThat(conditions.allowsRange(TAG, MODIFIED)).isEqualTo(allowed);
    }

    private static String date(String word) {
        if (word == null) {
            return null;
        }
        return word.equals("same") ? SAME : word.equals("earlier") ? EARLIER : word;
    }
}
