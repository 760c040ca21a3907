package dev.windrow.worker.archive;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.Deflater;

/**
 * One block on its way: plain bytes in, deflated bytes and their CRC-32 out. Its two buffers are reused. Not
 * thread-safe; handed from the writer's thread to the pool's and back.
 */
final class Block {
    /** Bytes that zlib is given, and asked for, at a time: a garbage collector may have to wait for each such call. */
    private static final int STEP = 1 << 16;

    /**
     * A buffer longer than this is not kept for the next block: a row of 100 MB must not hold its memory for the whole
     * export.
     */
    static final int KEPT = 4 << 20;

    private byte[] plain = new byte[0];
    private int plainLength;
    private byte[] deflated = new byte[0];
    private int deflatedLength;
    private long crc32;

    void fill(byte[] bytes, int offset, int length) {
        if (plain.length < length) {
            plain = new byte[roundedUp(length)];
        }
        System.arraycopy(bytes, offset, plain, 0, length);
        plainLength = length;
    }

    /**
     * Deflates what was filled in. Every call to zlib has the same arguments for the same plain bytes, however long the
     * buffers are from blocks before: so the output depends on the input and the level alone.
     */
    void deflate(Deflater deflater) {
        CRC32 crc = new CRC32();
        crc.update(plain, 0, plainLength);
        crc32 = crc.getValue();
        deflatedLength = 0;
        for (int from = 0; from < plainLength; from += STEP) {
            int length = Math.min(STEP, plainLength - from);
            boolean last = from + length == plainLength;
            deflater.setInput(plain, from, length);
            drain(deflater, last ? Deflater.FULL_FLUSH : Deflater.NO_FLUSH);
        }
    }

    private void drain(Deflater deflater, int flush) {
        int written;
        do {
            if (deflated.length - deflatedLength < STEP) {
                deflated = Arrays.copyOf(deflated, roundedUp(Math.max(deflatedLength + STEP, grown(deflated.length))));
            }
            written = deflater.deflate(deflated, deflatedLength, STEP, flush);
            deflatedLength += written;
        } while (written == STEP);
    }

    void writeTo(ArchiveFile file, long position) throws IOException {
        file.write(position, deflated, 0, deflatedLength);
    }

    /** What that sum makes of the deflated bytes. */
    long deflatedSum(Checksum sum) {
        sum.update(deflated, 0, deflatedLength);
        return sum.getValue();
    }

    /** Empties the block for the next one, and lets go of buffers that only an unusual block needs. */
    void clear() {
        plainLength = 0;
        deflatedLength = 0;
        if (plain.length > KEPT) {
            plain = new byte[0];
        }
        if (deflated.length > KEPT) {
            deflated = new byte[0];
        }
    }

    int bytes() {
        return plainLength;
    }

    int compressedBytes() {
        return deflatedLength;
    }

    long crc32() {
        return crc32;
    }

    /** Bytes of memory that the block holds. */
    int capacity() {
        return plain.length + deflated.length;
    }

    private static int grown(int length) {
        return length + length / 2;
    }

    private static int roundedUp(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, (length + STEP - 1L) / STEP * STEP);
    }
}
