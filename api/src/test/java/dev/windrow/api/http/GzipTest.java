package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_192, 8_193, 2_000_000})
    void knowsItsLengthBeforeTheFirstByteIsSent(int length) throws IOException {
        byte[] plain = digits(length);
        Gzip measured = Gzip.measure(inBits(plain, 5_000));
        byte[] gzip;
        try (InputStream in = measured.of(inBits(plain, 333))) {
            gzip = in.readAllBytes();
        }
        assertThat(measured.bytes()).isEqualTo(length);
        assertThat(gzip).hasSize((int) measured.length());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(plain);
    }

    @Test
    void closesWhatItReads() throws IOException {
        byte[] plain = "text".getBytes(StandardCharsets.US_ASCII);
        Gzip measured = Gzip.measure(new ByteArrayInputStream(plain));
        AtomicInteger closed = new AtomicInteger();
        InputStream counted = new FilterInputStream(new ByteArrayInputStream(plain)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        // Nobody read a byte of it, as of an answer to HEAD.
        measured.of(counted).close();
        assertThat(closed).hasValue(1);
    }

    /** As the network gives it: never all that was asked for. */
    private static InputStream inBits(byte[] bytes, int most) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return super.read(buffer, from, Math.min(length, most));
            }
        };
    }

    private static byte[] digits(int length) {
        Random random = new Random(7);
        byte[] digits = new byte[length];
        for (int i = 0; i < length; i++) {
            digits[i] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
        }
        return digits;
    }
}
