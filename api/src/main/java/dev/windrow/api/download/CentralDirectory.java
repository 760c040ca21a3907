package dev.windrow.api.download;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/*
 * The end of a ZIP archive (APPNOTE 4.3.12 to 4.3.16), all numbers little-endian:
 *
 *     [header of an entry: 46 bytes, name, extra fields, comment] ... [ZIP64 end: 56 bytes] [its locator: 20 bytes] [end: 22 bytes, comment]
 *
 * A number that is too large for its field is all ones there, and stands in the ZIP64 end or the header's ZIP64 field (id 1).
 */

/**
 * Looks for one entry in the directory of an open archive, reading it once through a small buffer: an archive of very many entries costs
 * time, and no memory. Belongs to one thread.
 */
final class CentralDirectory {
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_BYTES = 56;
    private static final int BUFFER = 1 << 16;
    private static final int FULL_SHORT = 0xFFFF;
    private static final long FULL = 0xFFFF_FFFFL;

    private final SeekableByteChannel archive;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    CentralDirectory(SeekableByteChannel archive) {
        this.archive = archive;
    }

    /**
     * An entry as the directory has it.
     *
     * @param method 8 for deflated, 0 for stored
     * @param crc32 of the plain bytes
     * @param headerOffset where its local header begins
     */
    record Found(int method, long crc32, long compressedBytes, long bytes, long headerOffset) {}

    private record Place(long offset, long length) {}

    /** The first entry of exactly that name; empty when there is none. */
    Optional<Found> find(String name) throws IOException {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        Place directory = directory();
        long end = directory.offset + directory.length;
        buffer.limit(0);
        archive.position(directory.offset);
        long left = directory.length;
        while (left >= HEADER_BYTES) {
            need(HEADER_BYTES);
            int at = buffer.position();
            if (buffer.getInt(at) != HEADER) {
                throw new IOException("the archive's directory is broken before " + (end - left));
            }
            int nameBytes = unsigned(at + 28);
            int extraBytes = unsigned(at + 30);
            int commentBytes = unsigned(at + 32);
            if (nameBytes == wanted.length) {
                need(HEADER_BYTES + nameBytes);
                if (isNamed(wanted)) {
                    return Optional.of(found(nameBytes, extraBytes));
                }
            }
            int whole = HEADER_BYTES + nameBytes + extraBytes + commentBytes;
            skip(whole);
            left -= whole;
        }
        return Optional.empty();
    }

    private boolean isNamed(byte[] wanted) {
        int from = buffer.position() + HEADER_BYTES;
        return Arrays.equals(buffer.array(), from, from + wanted.length, wanted, 0, wanted.length);
    }

    private Found found(int nameBytes, int extraBytes) throws IOException {
        int at = buffer.position();
        int method = unsigned(at + 10);
        long crc32 = buffer.getInt(at + 16) & FULL;
        long compressed = buffer.getInt(at + 20) & FULL;
        long bytes = buffer.getInt(at + 24) & FULL;
        long offset = buffer.getInt(at + 42) & FULL;
        skip(HEADER_BYTES + nameBytes);
        byte[] extra = new byte[extraBytes];
        for (int got = 0; got < extraBytes; got += BUFFER) {
            int part = Math.min(BUFFER, extraBytes - got);
            need(part);
            buffer.get(extra, got, part);
        }
        ByteBuffer large = zip64(extra);
        // In this order, and each only where its field is full (APPNOTE 4.5.3).
        long plain = bytes == FULL ? large.getLong() : bytes;
        long deflated = compressed == FULL ? large.getLong() : compressed;
        return new Found(method, crc32, deflated, plain, offset == FULL ? large.getLong() : offset);
    }

    private static ByteBuffer zip64(byte[] extra) throws IOException {
        ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (fields.remaining() >= 4) {
            int id = fields.getShort();
            int length = fields.getShort() & FULL_SHORT;
            if (length > fields.remaining()) {
                throw new IOException("the archive's directory has a broken extra field");
            }
            if (id == 1) {
                // Room for three numbers: one that is missing reads as none of the archive's places.
                byte[] padded = new byte[24];
                fields.get(padded, 0, Math.min(24, length));
                return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
            }
            fields.position(fields.position() + length);
        }
        return ByteBuffer.wrap(new byte[24]).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Place directory() throws IOException {
        long size = archive.size();
        int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer last = read(size - tail, tail);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (last.getInt(at) == END && (last.getShort(at + 20) & FULL_SHORT) == tail - at - END_BYTES) {
                return place(last, at, size - tail + at);
            }
        }
        throw new IOException("the archive has no directory");
    }

    /** @param at where the end record stands in the buffer, {@code offset} where in the archive */
    private Place place(ByteBuffer last, int at, long offset) throws IOException {
        long length = last.getInt(at + 12) & FULL;
        long from = last.getInt(at + 16) & FULL;
        boolean full = length == FULL || from == FULL || (last.getShort(at + 10) & FULL_SHORT) == FULL_SHORT;
        if (full && offset >= LOCATOR_BYTES) {
            ByteBuffer locator = read(offset - LOCATOR_BYTES, LOCATOR_BYTES);
            if (locator.getInt(0) == LOCATOR) {
                ByteBuffer end = read(locator.getLong(8), END_64_BYTES);
                if (end.getInt(0) != END_64) {
                    throw new IOException("the archive's ZIP64 end is not where it should be");
                }
                length = end.getLong(40);
                from = end.getLong(48);
            }
        }
        if (from < 0 || length < 0 || from > offset - length) {
            throw new IOException("the archive's directory is said to be where it can't be");
        }
        return new Place(from, length);
    }

    private ByteBuffer read(long from, int length) throws IOException {
        if (from < 0 || from > archive.size() - length) {
            throw new EOFException("the archive ends too early");
        }
        ByteBuffer read = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        archive.position(from);
        while (read.hasRemaining() && archive.read(read) >= 0) {
            // A channel may give less than is asked for.
        }
        if (read.hasRemaining()) {
            throw new EOFException("the archive ends too early");
        }
        return read;
    }

    /** Has so many bytes in the buffer, from its position on. */
    private void need(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        if (bytes > BUFFER) {
            throw new IOException("the archive has a name that is too long");
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            if (archive.read(buffer) < 0) {
                throw new EOFException("the archive's directory ends too early");
            }
        }
        buffer.flip();
    }

    private void skip(int bytes) throws IOException {
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + bytes);
        } else {
            archive.position(archive.position() + bytes - buffer.remaining());
            buffer.limit(0);
        }
    }

    private int unsigned(int at) {
        return buffer.getShort(at) & FULL_SHORT;
    }
}
