package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.value.KeyValues;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValuesTest {
    private static final Object[] ALL = {
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        -0.0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        0.1 + 0.2,
        Double.parseDouble("2e23"),
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        new BigDecimal("1234567890123456789012345678901234567890.10"),
        new BigDecimal("1E+40"),
        "",
        "l:1",
        "\0\"\\\u2028é\uD83D\uDE00",
        "\uD800",
        new byte[] {},
        new byte[] {0, -1, 127, -128},
        LocalDate.of(2024, 2, 29),
        LocalDateTime.parse("2024-02-29T12:00:00.123456789"),
        OffsetDateTime.parse("2024-02-29T12:00:00.000001-03:30"),
        new UUID(-1L, 1L)
    };
    private static final List<KeyPart> KEY = List.of(ALL).stream()
            .map(value -> new KeyPart("k", value instanceof String))
            .toList();

    @Test
    void readsEveryValueBackToTheLastBit() throws SourceException {
        String position = Position.write(KEY, ALL, null);
        assertThat(position).isASCII().doesNotContain("\0");
        assertThat(Position.read(position, KEY, "readings").values()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "l", "l:", "l:1.5", "l:x", "d:", "d:zero", "n:1/2", "b:*", "D:2024-02-30", "x:1", "u:1", "7"
            })
    void refusesWhatItDidNotWrite(String written) {
        assertThatThrownBy(() -> KeyValues.read(written))
                .isInstanceOfAny(IllegalArgumentException.class, DateTimeException.class);
    }

    /** The first was found by PositionFuzzTest: it was a NullPointerException. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "", "[]", "{}", "{\"key\":null,\"at\":null}", "{\"key\":[null],\"at\":[null]}"})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> Position.read(text, KEY, "readings"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void refusesAValueThatItCanNotWrite() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.write(new Object()));
    }

    @Test
    void comparesNumbersByWhatTheyAreWorth() {
        assertThat(compare(1L, 1.0)).isEqualTo(KeyValues.Likeness.EQUAL);
        assertThat(compare(0.0, -0.0)).isEqualTo(KeyValues.Likeness.EQUAL);
        assertThat(compare(new BigDecimal("1.0"), new BigDecimal("1.00"))).isEqualTo(KeyValues.Likeness.EQUAL);
        assertThat(compare(9007199254740993L, 9007199254740992.0)).isEqualTo(KeyValues.Likeness.DIFFERENT);
        assertThat(compare(Double.POSITIVE_INFINITY, Long.MAX_VALUE)).isEqualTo(KeyValues.Likeness.DIFFERENT);
        assertThat(compare(1L, "1")).isEqualTo(KeyValues.Likeness.DIFFERENT);
    }

    @Test
    void leavesTextsThatOnlyACollationTellsApartToTheDatabase() {
        assertThat(compare("a", "a")).isEqualTo(KeyValues.Likeness.EQUAL);
        assertThat(compare("a", "A  ")).isEqualTo(KeyValues.Likeness.UNSURE);
        assertThat(compare("a", "b")).isEqualTo(KeyValues.Likeness.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,abd,DIFFERENT",
        "abc,ABC,UNSURE",
        "ab,a b,UNSURE",
        "Straße,Strasse,UNSURE",
        "a1,a2,DIFFERENT",
        "a,ab,UNSURE",
        "x,é,UNSURE"
    })
    void takesTextsUnderAnyCollationForDifferentOnlyWhereNoneTakesThemForEqual(
            String one, String other, String likeness) {
        assertThat(KeyValues.compareAnyTexts(one, other)).hasToString(likeness);
        assertThat(KeyValues.compareAnyTexts(other, one)).hasToString(likeness);
    }

    private static KeyValues.Likeness compare(Object one, Object other) {
        return KeyValues.compare(one, other);
    }
}
