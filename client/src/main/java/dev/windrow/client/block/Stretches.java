package dev.windrow.client.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Queue;

/*
 * Where stretches end is a part of the API (docs/http-api.md, "Only what changed"), so that whoever has an archive
 * finds those of its list by the bytes alone: after the first 00 00 FF FF at 12 KiB or later, and where the header of
 * an entry of 256 KiB or more, its data, and what follows it begin.
 *
 * Nothing hangs on it but how much is fetched: what is put together is judged by the archive's digest.
 */
/**
 * Where the stretches of an archive lie. It may be any file: one that is no archive has stretches that nobody looks
 * for. Immutable.
 */
final class Stretches {
    private static final int LEAST = 12 << 10;
    private static final long LARGE = 256 << 10;
    private static final int FLUSH = 0x0000_FFFF;
    private static final int FLUSH_BYTES = 4;
    private static final int NO_BYTES = -1;
    private static final int BUFFER = 1 << 16;

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int HEADER_BYTES = 30;
    private static final int COMPRESSED_AT = 18;
    private static final int NAME_LENGTH_AT = 26;
    private static final int EXTRA_LENGTH_AT = 28;
    /** In the ZIP64 field: its kind, its length, and the plain length come first. */
    private static final int LARGE_COMPRESSED_AT = 12;

    private static final int LARGE_COMPRESSED_END = 20;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;
    private static final short ZIP64_FIELD = 1;

    private final Offsets offsets = Offsets.forThisHeap();
    private final MessageDigest digest = Sha256.digest();
    /** The next ones, as far as they have been read. */
    private final Queue<Long> borders = new ArrayDeque<>();

    /** Where the next local header may be; -1 where there is none. */
    private long header;

    private long offset;
    private long length;
    private int lastBytes = NO_BYTES;

    private Stretches() {}

    /** Reads the file from its first byte to its last, in bounded memory. */
    static Stretches of(FileChannel file) throws IOException {
        Stretches stretches = new Stretches();
        stretches.read(file);
        return stretches;
    }

    /** Where in the file such a stretch begins, as far as the first digits of its SHA-256 tell. */
    OptionalLong find(String sha256) {
        return offsets.find(HexFormat.fromHexDigitsToLong(sha256, 0, 2 * Long.BYTES));
    }

    /**
     * Where stretches begin whatever the bytes say: around large entries, as their local headers follow each other.
     * Reads on to the next of them.
     */
    private void readBorders(FileChannel file) throws IOException {
        while (borders.isEmpty() && header >= 0) {
            header = readEntry(file, header);
        }
    }

    /** @return where the next header is; -1 where there is none */
    private long readEntry(FileChannel file, long at) throws IOException {
        ByteBuffer local = read(file, at, HEADER_BYTES);
        if (local.remaining() < HEADER_BYTES || local.getInt(0) != LOCAL_HEADER) {
            return -1;
        }
        int name = Short.toUnsignedInt(local.getShort(NAME_LENGTH_AT));
        int extra = Short.toUnsignedInt(local.getShort(EXTRA_LENGTH_AT));
        long data = at + HEADER_BYTES + name + extra;
        long compressed = Integer.toUnsignedLong(local.getInt(COMPRESSED_AT));
        if (compressed == IN_ZIP64) {
            compressed = inZip64(read(file, at + HEADER_BYTES + name, extra));
        }
        if (compressed < 0 || data > file.size() - compressed) {
            return -1;
        }
        long end = data + compressed;
        if (compressed >= LARGE) {
            borders.add(at);
            borders.add(data);
            borders.add(end);
        }
        return end;
    }

    private static long inZip64(ByteBuffer extra) {
        boolean isThere = extra.remaining() >= LARGE_COMPRESSED_END && extra.getShort(0) == ZIP64_FIELD;
        return isThere ? extra.getLong(LARGE_COMPRESSED_AT) : -1;
    }

    /** So many bytes of the file, fewer where it ends. */
    private static ByteBuffer read(FileChannel file, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        long next = at;
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, next);
            if (read < 0) {
                break;
            }
            next += read;
        }
        return bytes.flip();
    }

    private void read(FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        while (true) {
            readBorders(file);
            while (!borders.isEmpty() && borders.element() == at) {
                borders.remove();
                end();
                readBorders(file);
            }
            long most = borders.isEmpty() ? BUFFER : Math.min(BUFFER, borders.element() - at);
            int count = file.read(buffer.clear().limit((int) most), at);
            if (count < 0) {
                end();
                return;
            }
            update(buffer.array(), count);
            at += count;
        }
    }

    private void update(byte[] bytes, int count) {
        int at = 0;
        while (at < count) {
            int end = flushIn(bytes, at, count);
            int to = end < 0 ? count : end;
            digest.update(bytes, at, to - at);
            length += to - at;
            if (end >= 0) {
                end();
            }
            at = to;
        }
    }

    /** Where the stretch ends that goes on at that index; -1 if not among these bytes. */
    private int flushIn(byte[] bytes, int from, int to) {
        int skipped = (int) Math.max(0, LEAST - FLUSH_BYTES - length);
        int last = lastBytes;
        for (int i = from + skipped; i < to; i++) {
            last = last << Byte.SIZE | bytes[i] & 0xFF;
            if (last == FLUSH) {
                return i + 1;
            }
        }
        lastBytes = last;
        return -1;
    }

    private void end() {
        if (length > 0) {
            offsets.put(ByteBuffer.wrap(digest.digest()).getLong(), offset);
            offset += length;
            length = 0;
        }
        lastBytes = NO_BYTES;
    }
}
