package dev.windrow.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void keepsEveryValueAsItWasWritten() {
        assertThat(StrictJson.parse("{\"a\": [1, -2, 1.50, true, null, \"x\\u00e4\", {}]}"))
                .isEqualTo(Map.of("a", Arrays.asList(1L, -2L, new BigDecimal("1.50"), true, null, "xä", Map.of())));
    }

    @Test
    void keepsNumbersExact() {
        assertThat(StrictJson.parse("[9223372036854775808, 0.1, 1e400, 12345678901234567890.12345678901234567890]"))
                .isEqualTo(List.of(
                        new BigInteger("9223372036854775808"),
                        new BigDecimal("0.1"),
                        new BigDecimal("1e400"),
                        new BigDecimal("12345678901234567890.12345678901234567890")));
    }

    @Test
    void givesNumbersBeyondEverythingAsInfinite() {
        assertThat(StrictJson.parse("[1e99999999999, -1e99999999999]"))
                .isEqualTo(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "NaN",
                "[Infinity]",
                "[-Infinity]",
                "[+1]",
                "[01]",
                "[1.]",
                "[.5]",
                "[0x10]",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "// c\n{}",
                "/* c */{}",
                "[\"\t\"]",
                "[\"\\x\"]",
                "[\"\\u12\"]",
                "tru",
                "\ufeff",
                "[1 2]",
                "\"open"
            })
    void refusesWhatIsNoJson(String text) {
        assertMalformed(text);
    }

    @Test
    void refusesDeepNests() {
        assertThat(StrictJson.parse("[".repeat(32) + "]".repeat(32))).isNotNull();
        assertMalformed("[".repeat(33) + "]".repeat(33));
        assertMalformed("{\"a\":".repeat(20_000));
    }

    @Test
    void refusesLongNumbers() {
        assertThat(StrictJson.parse("1".repeat(1000))).isInstanceOf(BigInteger.class);
        assertMalformed("1".repeat(1001));
        assertMalformed("0." + "1".repeat(60_000));
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> StrictJson.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_REQUEST));
    }
}
