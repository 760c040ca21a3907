package dev.windrow.worker.encode.row;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.io.NumberOutput;

final class NumberTextTest {
    private static final long SEED = 20_261_122;

    private final byte[] to = new byte[64];

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "100, 100.0",
        "-1.5, -1.5",
        "0.1, 0.1",
        "0.001, 0.001",
        "9.999E-4, 9.999E-4",
        "1E-5, 1.0E-5",
        "9999999.5, 9999999.5",
        "9999999.99999999, 9999999.99999999",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        "123456.000001, 123456.000001",
        "999.999999999999, 999.999999999999",
        "1000.00000001, 1000.00000001",
        "2E23, 2.0E23",
        "1.0E22, 1.0E22",
        "9007199254740993, 9.007199254740992E15",
        "0.30000000000000004, 0.30000000000000004",
        "0.3333333333333333, 0.3333333333333333",
        "4.9E-324, 4.9E-324",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "NaN, NaN"
    })
    void writesTheShortestTextOfADouble(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    void writesRandomDoublesShortestAndReadableBitForBit() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            check(Double.longBitsToDouble(random.nextLong()));
            check(random.nextDouble());
            check((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(24) - 8));
        }
    }

    @Test
    void writesShortDecimalsAndTheirNeighboursAlike() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            long digits = (long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(17)));
            double value =
                    new BigDecimal(digits).movePointLeft(random.nextInt(20)).doubleValue();
            check(value);
            check(-value);
            check(Math.nextUp(value));
            check(Math.nextDown(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                -7,
                10,
                999_999_999,
                1_000_000_000,
                1L << 31,
                -(1L << 31),
                1L << 53,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void writesLongs(long value) {
        assertThat(text(value)).isEqualTo(Long.toString(value));
    }

    @Test
    void writesRandomLongs() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(text(value)).isEqualTo(Long.toString(value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.00, 0.00",
        "1.50, 1.50",
        "1E+3, 1000",
        "1E-10, 0.0000000001",
        "-12345678901234567890.5, -12345678901234567890.5",
        "1E+16385, 1E+16385",
        "1E-16386, 1E-16386",
        "1E+1000000000, 1E+1000000000",
        "-1.5E-2147483646, -1.5E-2147483646"
    })
    void writesDecimalsPlainUnlessThatIsAbsurdlyLong(BigDecimal value, String expected) {
        assertThat(NumberText.of(value)).isEqualTo(expected);
    }

    @Test
    void writesAllThatAPostgresqlNumericHoldsPlain() {
        assertThat(NumberText.of(new BigDecimal("1E-16383"))).isEqualTo("0." + "0".repeat(16_382) + "1");
        assertThat(NumberText.of(new BigDecimal("9".repeat(131_072)))).isEqualTo("9".repeat(131_072));
        String fraction = "0." + "7".repeat(20_000);
        assertThat(NumberText.of(new BigDecimal(fraction))).isEqualTo(fraction);
        assertThat(NumberText.of(new BigDecimal("1E+16384"))).isEqualTo("1" + "0".repeat(16_384));
        assertThat(NumberText.of(new BigDecimal("1E-16385"))).isEqualTo("0." + "0".repeat(16_384) + "1");
    }

    @Test
    void knowsNoLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(text(-1234.5)).isEqualTo("-1234.5");
            assertThat(text(-1234L)).isEqualTo("-1234");
            assertThat(NumberText.of(new BigDecimal("-1234.50"))).isEqualTo("-1234.50");
        } finally {
            Locale.setDefault(before);
        }
    }

    private void check(double value) {
        String text = text(value);
        assertThat(text).isEqualTo(NumberOutput.toString(value, true));
        assertThat(Double.doubleToLongBits(Double.parseDouble(text))).isEqualTo(Double.doubleToLongBits(value));
        if (Runtime.version().feature() >= 19) {
            assertThat(text).isEqualTo(Double.toString(value));
        }
    }

    private String text(double value) {
        int end = NumberText.write(value, to, 3);
        assertThat(end - 3).isLessThanOrEqualTo(NumberText.LONGEST_DOUBLE);
        return new String(to, 3, end - 3, US_ASCII);
    }

    private String text(long value) {
        int end = NumberText.write(value, to, 3);
        assertThat(end - 3).isLessThanOrEqualTo(NumberText.LONGEST_LONG);
        return new String(to, 3, end - 3, US_ASCII);
    }
}
