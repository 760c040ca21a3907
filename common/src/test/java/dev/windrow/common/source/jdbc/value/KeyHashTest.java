package dev.windrow.common.source.jdbc.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {
    private final KeyHash hash = new KeyHash();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, 1L << 53, (1L << 53) + 2, 1L << 60, -(1L << 62), Long.MIN_VALUE})
    void isTheSameForAnIntegerAndTheRealThatADatabaseTakesForIt(long integer) {
        int expected = hash.of(new long[] {integer, 7});
        assertThat(hash.of(new Object[] {integer, 7L})).isEqualTo(expected);
        assertThat(hash.of(new Object[] {(double) integer, 7L})).isEqualTo(expected);
        assertThat(hash.of(new Object[] {BigDecimal.valueOf(integer), 7.0})).isEqualTo(expected);
        assertThat(hash.of(new Object[] {BigDecimal.valueOf(integer).setScale(3), new BigDecimal("7.00")}))
                .isEqualTo(expected);
    }

    @Test
    void tellsValuesApart() {
        assertThat(new Object[] {1L, 1.5, -1L, "1", new byte[] {'1'}, 1e300, (1L << 53) + 1, Double.POSITIVE_INFINITY})
                .extracting(value -> hash.of(new Object[] {value}))
                .doesNotHaveDuplicates();
        assertThat(hash.of(new Object[] {-0.0})).isEqualTo(hash.of(new Object[] {0L}));
    }
}
