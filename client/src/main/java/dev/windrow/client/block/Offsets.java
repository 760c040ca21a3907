package dev.windrow.client.block;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where stretches begin, by the first eight bytes of their digests: few enough to have millions, enough to be seldom
 * wrong. Open addressing with linear steps in an array of keys and values: 21 to 43 bytes for each, where a map of
 * objects takes 80.
 */
final class Offsets {
    private static final int FIRST_SLOTS = 1 << 10;
    /** 64 MB of them: more than three million stretches, an archive of at least 37 GB. */
    private static final int MOST_SLOTS = 1 << 22;

    private static final int SLOT_BYTES = 2 * Long.BYTES;
    /** A part of the heap so small that there is room for the array, the one that it grows out of, and all else. */
    private static final int PART_OF_HEAP = 8;

    private static final long NONE = -1;

    private final int mostSlots;
    private long[] slots = empty(FIRST_SLOTS);
    private int count;

    /** @param mostSlots a power of two; when three quarters of them are taken, nothing more is remembered */
    Offsets(int mostSlots) {
        this.mostSlots = Math.max(FIRST_SLOTS, mostSlots);
    }

    static Offsets forThisHeap() {
        long slots = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / SLOT_BYTES;
        return new Offsets((int) Math.min(MOST_SLOTS, Long.highestOneBit(slots)));
    }

    /** Remembers the first offset of a key, as long as there is room. */
    void put(long key, long offset) {
        if (isFull() && !grows()) {
            return;
        }
        int index = index(slots, key);
        if (slots[index + 1] == NONE) {
            slots[index] = key;
            slots[index + 1] = offset;
            count++;
        }
    }

    OptionalLong find(long key) {
        long offset = slots[index(slots, key) + 1];
        return offset == NONE ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    private boolean isFull() {
        return count >= slots.length / 2 / 4 * 3;
    }

    private boolean grows() {
        if (slots.length / 2 >= mostSlots) {
            return false;
        }
        long[] larger = empty(slots.length);
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i + 1] != NONE) {
                int index = index(larger, slots[i]);
                larger[index] = slots[i];
                larger[index + 1] = slots[i + 1];
            }
        }
        slots = larger;
        return true;
    }

    /** Of its slot, or of the free one that it would take; there is always a free one. */
    private static int index(long[] slots, long key) {
        int index = 2 * (int) key & slots.length - 2;
        while (slots[index + 1] != NONE && slots[index] != key) {
            index = index + 2 & slots.length - 2;
        }
        return index;
    }

    private static long[] empty(int slots) {
        long[] empty = new long[2 * slots];
        Arrays.fill(empty, NONE);
        return empty;
    }
}
