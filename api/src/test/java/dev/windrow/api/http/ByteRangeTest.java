package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ByteRangeTest {
    @Test
    void countsBothOfItsEnds() {
        assertThat(new ByteRange(7, 7).length()).isEqualTo(1);
        assertThat(new ByteRange(10, 29).length()).isEqualTo(20);
        assertThat(ByteRange.whole(100)).isEqualTo(new ByteRange(0, 99));
    }

    @Test
    void saysWhereItLiesInTheFile() {
        assertThat(new ByteRange(10, 29).contentRange(100)).isEqualTo("bytes 10-29/100");
    }

    @Test
    void isNotEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(-1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(4, 3));
    }
}
