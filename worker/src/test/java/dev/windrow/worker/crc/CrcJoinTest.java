package dev.windrow.worker.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CrcJoinTest {
    private final long seed = Long.getLong("seed", 20_261_128);
    private final Random random = new Random(seed);

    @Test
    void joinsAtEverySplit() {
        byte[] bytes = noise(3000);
        for (int split = 0; split <= bytes.length; split++) {
            long joined = CrcJoin.join(crc(bytes, 0, split), crc(bytes, split, bytes.length), bytes.length - split);
            assertThat(joined).as("seed %d, split %d", seed, split).isEqualTo(crc(bytes, 0, bytes.length));
        }
    }

    @Test
    void joinsManyPartsOfAnyLength() {
        byte[] bytes = noise(4 << 20);
        long joined = 0;
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + random.nextInt(200_000));
            joined = CrcJoin.join(joined, crc(bytes, from, to), to - from);
            from = to;
        }

        assertThat(joined).as("seed %d", seed).isEqualTo(crc(bytes, 0, bytes.length));
    }

    @Test
    void joinsPartsOfManyGibibytes() {
        long zeros = crc(new byte[1 << 20], 0, 1 << 20);
        long length = 1 << 20;
        for (int doubled = 0; doubled < 20; doubled++) {
            zeros = CrcJoin.join(zeros, zeros, length);
            length *= 2;
        }
        long halves = CrcJoin.join(0x12345678L, zeros, length);
        long steps = 0x12345678L;
        long half = crc(new byte[1 << 20], 0, 1 << 20);
        long halfLength = 1 << 20;
        for (int doubled = 0; doubled < 19; doubled++) {
            half = CrcJoin.join(half, half, halfLength);
            halfLength *= 2;
        }
        steps = CrcJoin.join(steps, half, halfLength);
        steps = CrcJoin.join(steps, half, halfLength);

        assertThat(halves).isEqualTo(steps);
    }

    @Test
    void refusesALengthThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrcJoin.join(0, 0, -1))
                .withMessage("length -1");
    }

    private static long crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return crc.getValue();
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
