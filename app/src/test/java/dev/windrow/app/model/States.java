package dev.windrow.app.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** States as bytes, each once and numbered in the order in which they came. */
final class States {
    private static final int PAGE = 1 << 16;

    private final int width;
    private final List<byte[]> pages = new ArrayList<>();
    private int[] table = new int[1 << 16];
    private int size;

    States(int width) {
        this.width = width;
    }

    int size() {
        return size;
    }

    /** Its number, which is a new one if it was never asked for. */
    int numberOf(byte[] state) {
        int slot = slot(state);
        if (table[slot] == 0) {
            if (size % PAGE == 0) {
                pages.add(new byte[PAGE * width]);
            }
            System.arraycopy(state, 0, pages.get(size / PAGE), size % PAGE * width, width);
            table[slot] = ++size;
            if (size * 2 > table.length) {
                grow();
            }
            return size - 1;
        }
        return table[slot] - 1;
    }

    byte[] get(int number) {
        int at = number % PAGE * width;
        return Arrays.copyOfRange(pages.get(number / PAGE), at, at + width);
    }

    private int slot(byte[] state) {
        int slot = spread(Arrays.hashCode(state));
        while (table[slot] != 0 && !isAt(table[slot] - 1, state)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isAt(int number, byte[] state) {
        int at = number % PAGE * width;
        return Arrays.equals(pages.get(number / PAGE), at, at + width, state, 0, width);
    }

    private int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & table.length - 1;
    }

    private void grow() {
        table = new int[table.length * 4];
        for (int number = 0; number < size; number++) {
            table[slot(get(number))] = number + 1;
        }
    }
}
