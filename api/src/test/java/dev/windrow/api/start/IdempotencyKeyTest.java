package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.api.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '#',
            value = {"a-b a-b", "\"a-b\" a-b", "\"a\\\"b\" a\"b", "\"\\\\\" \\", "a\"b a\"b", "a\\ a\\"})
    void isTheSameWithAndWithoutQuotes(String header, String key) {
        assertThat(IdempotencyKey.key(header)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"\"",
                "\"a",
                "\"a\\\"",
                "\"\\",
                "\"a\\b\"",
                "\"a\"b\"",
                "\"a\"b",
                "a b",
                "\"a b\"",
                "\"ü\"",
                "\u007f"
            })
    void refusesWhatIsNoKey(String header) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> IdempotencyKey.key(header));
    }

    @Test
    void takesTheLongestKeyWithABackslashBeforeEachCharacter() {
        assertThat(IdempotencyKey.key("\"" + "\\\\".repeat(255) + "\"")).isEqualTo("\\".repeat(255));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> IdempotencyKey.key("\"" + "\\\\".repeat(256) + "\""));
    }

    @Test
    void refusesALongKeyInQuotesBeforeItIsRead() {
        for (int length = 300; length <= 7_680; length *= 2) {
            String header = "\"" + "a".repeat(length) + "\"";

            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> IdempotencyKey.key(header));
        }
    }
}
