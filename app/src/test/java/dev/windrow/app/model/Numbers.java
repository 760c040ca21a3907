package dev.windrow.app.model;

import java.util.Arrays;

/** A list of many numbers. */
final class Numbers {
    private int[] all = new int[1 << 10];
    private int size;

    int size() {
        return size;
    }

    void add(int number) {
        if (size == all.length) {
            all = Arrays.copyOf(all, size * 2);
        }
        all[size++] = number;
    }

    int get(int index) {
        return all[index];
    }

    void set(int index, int number) {
        all[index] = number;
    }
}
