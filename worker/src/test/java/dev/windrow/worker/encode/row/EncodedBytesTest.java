package dev.windrow.worker.encode.row;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EncodedBytesTest {
    private final EncodedBytes bytes = new EncodedBytes();

    @Test
    void keepsItsBytesWhileItGrows() {
        byte[] expected = new byte[300_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
            bytes.put((byte) i);
        }

        assertThat(content()).isEqualTo(expected);
    }

    @Test
    void takesMoreAtOnceThanTwiceItsSize() {
        byte[] large = new byte[1_000_000];
        Arrays.fill(large, (byte) 7);

        bytes.put(large);

        assertThat(content()).isEqualTo(large);
    }

    @Test
    void insertsABytePushingTheRestOn() {
        bytes.put("abd".getBytes(US_ASCII));

        bytes.insert(2, (byte) 'c');
        bytes.insert(0, (byte) '>');
        bytes.insert(5, (byte) '<');

        assertThat(content()).asString(US_ASCII).isEqualTo(">abcd<");
    }

    @Test
    void insertsIntoAFullArray() {
        bytes.put(new byte[bytes.array().length]);

        bytes.insert(0, (byte) 1);

        assertThat(bytes.length()).isEqualTo((64 << 10) + 1);
        assertThat(bytes.array()[0]).isEqualTo((byte) 1);
    }

    @Test
    void keepsTheArrayOfAnOrdinaryBlockWhenEmptied() {
        bytes.put(new byte[1_500_000]);
        byte[] before = bytes.array();

        bytes.clear();

        assertThat(bytes.length()).isZero();
        assertThat(bytes.array()).isSameAs(before);
    }

    @Test
    void givesBackTheMemoryOfAHugeRowWhenEmptied() {
        bytes.put(new byte[10_000_000]);

        bytes.clear();

        assertThat(bytes.length()).isZero();
        assertThat(bytes.array()).hasSize(64 << 10);
    }

    private byte[] content() {
        return Arrays.copyOf(bytes.array(), bytes.length());
    }
}
