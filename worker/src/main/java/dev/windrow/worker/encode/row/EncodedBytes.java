package dev.windrow.worker.encode.row;

import java.util.Arrays;

/**
 * A growing buffer of encoded rows that is emptied and used again, block after block. One that a huge row has stretched
 * gives the memory back when it is emptied. Belongs to one thread at a time.
 */
public final class EncodedBytes {
    private static final int INITIAL = 64 << 10;

    /** Holds a block of 1 MiB and the row that ends it, unless that row is huge. */
    private static final int KEPT = 2 << 20;

    /** The longest array that every JVM can make. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[INITIAL];
    private int length;

    /** The bytes from 0 to {@link #length}; what follows is rubbish. Valid until the next write or {@link #clear}. */
    public byte[] array() {
        return bytes;
    }

    /** The number of bytes that are there. */
    public int length() {
        return length;
    }

    /** Empties the buffer. */
    public void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[INITIAL];
        }
    }

    /** Makes room for that many more bytes and gives the array to write them to, from {@link #length} on. */
    public byte[] reserve(int more) {
        if (bytes.length - length < more) {
            grow(more);
        }
        return bytes;
    }

    /** Says where the bytes end now, after a write to what {@link #reserve} gave. */
    public void end(int newLength) {
        length = newLength;
    }

    /** Puts a byte at the end. */
    public void put(byte value) {
        reserve(1)[length++] = value;
    }

    /** Puts bytes at the end. */
    public void put(byte[] values) {
        System.arraycopy(values, 0, reserve(values.length), length, values.length);
        length += values.length;
    }

    /** Puts the first bytes of an array at the end. */
    public void put(byte[] values, int count) {
        System.arraycopy(values, 0, reserve(count), length, count);
        length += count;
    }

    /** Puts a byte before the one at that index. */
    public void insert(int index, byte value) {
        reserve(1);
        System.arraycopy(bytes, index, bytes, index + 1, length - index);
        bytes[index] = value;
        length++;
    }

    private void grow(int more) {
        if (more > LONGEST - length) {
            throw new OutOfMemoryError("a row of more than 2 GiB");
        }
        int doubled = bytes.length > LONGEST / 2 ? LONGEST : bytes.length * 2;
        bytes = Arrays.copyOf(bytes, Math.max(doubled, length + more));
    }
}
