package dev.windrow.client.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final int MANY = 100_000;

    private final Random random = new Random(5);

    @Test
    void findsWhatWasPutAndNothingElse() {
        Offsets offsets = new Offsets(1 << 18);
        long[] keys = random.longs(MANY).toArray();
        for (int i = 0; i < MANY; i++) {
            offsets.put(keys[i], i);
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(offsets.find(keys[i])).hasValue(i);
        }
        assertThat(random.longs(MANY).filter(key -> offsets.find(key).isPresent()))
                .isEmpty();
    }

    /** Keys that want the same place, and those that look like a free one. */
    @Test
    void tellsKeysApartThatMeet() {
        Offsets offsets = new Offsets(1 << 10);
        long[] keys = {0, -1, 1L << 40, 1L << 41, -1 ^ 1L << 40};
        for (int i = 0; i < keys.length; i++) {
            offsets.put(keys[i], i);
        }
        for (int i = 0; i < keys.length; i++) {
            assertThat(offsets.find(keys[i])).hasValue(i);
        }
        assertThat(offsets.find(1L << 42)).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwo() {
        Offsets offsets = new Offsets(1 << 10);
        offsets.put(7, 70);
        offsets.put(7, 71);
        assertThat(offsets.find(7)).hasValue(70);
    }

    /** More than it may hold counts as not there. */
    @Test
    void takesNoMoreThanItMay() {
        Offsets offsets = new Offsets(1 << 11);
        long[] keys = random.longs(MANY).toArray();
        for (int i = 0; i < MANY; i++) {
            offsets.put(keys[i], i);
        }
        int most = (1 << 11) / 4 * 3;
        for (int i = 0; i < MANY; i++) {
            assertThat(offsets.find(keys[i]).isPresent()).as("key %d", i).isEqualTo(i < most);
        }
    }
}
