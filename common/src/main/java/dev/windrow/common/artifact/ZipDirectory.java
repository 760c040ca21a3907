package dev.windrow.common.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The central directory of a ZIP archive, entry by entry through a buffer of fixed size: an archive of a hundred
 * thousand files costs no more memory than one of three. Names are UTF-8, as Windrow writes them. References are to
 * PKWARE's APPNOTE 6.3.10. Not thread-safe.
 */
public final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_BYTES = 56;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int ZIP64_FIELD = 1;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;
    /** A header, and a name, extra fields and a comment of the greatest length. */
    private static final int BUFFER = HEADER_BYTES + 3 * 0xFFFF;

    private final SeekableByteChannel zip;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long at;
    private long end;
    private long left;
    /** Where the present entry's header begins in the buffer. */
    private int header;

    /**
     * One entry.
     *
     * @param method 8 for deflated, 0 for stored
     * @param crc32 of the plain bytes, unsigned
     * @param offset where its local header begins
     */
    public record Entry(String name, int method, long crc32, long compressedBytes, long bytes, long offset) {}

    private ZipDirectory(SeekableByteChannel zip) {
        this.zip = zip;
    }

    /**
     * Opens the directory before its first entry.
     *
     * @param zip stays open
     * @throws ZipException when it is no ZIP archive
     */
    public static ZipDirectory of(SeekableByteChannel zip) throws IOException {
        ZipDirectory directory = new ZipDirectory(zip);
        directory.locate();
        directory.buffer.limit(0);
        return directory;
    }

    /** The entry of that name; empty when there is none. Of several the first. */
    public static Optional<Entry> find(SeekableByteChannel zip, String name) throws IOException {
        ZipDirectory directory = of(zip);
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        while (directory.next()) {
            if (directory.isNamed(wanted)) {
                return Optional.of(directory.entry());
            }
        }
        return Optional.empty();
    }

    /** Where an entry's data begins, by its local header. */
    public static long dataOffset(SeekableByteChannel zip, Entry entry) throws IOException {
        ByteBuffer local = read(zip, entry.offset, LOCAL_HEADER_BYTES);
        require(local.getInt(0) == LOCAL_HEADER, "no local header at " + entry.offset);
        return entry.offset + LOCAL_HEADER_BYTES + unsigned(local, 26) + unsigned(local, 28);
    }

    /** Moves to the next entry; false after the last. */
    public boolean next() throws IOException {
        if (left == 0) {
            require(at - buffer.remaining() == end, "the directory does not end where it should");
            return false;
        }
        left--;
        fill(HEADER_BYTES);
        header = buffer.position();
        require(buffer.getInt(header) == HEADER, "no entry where one should be in the directory");
        fill(HEADER_BYTES + nameBytes() + extraBytes() + unsigned(buffer, header + 32));
        header = buffer.position();
        buffer.position(header + HEADER_BYTES + nameBytes() + extraBytes() + unsigned(buffer, header + 32));
        return true;
    }

    /** The present entry. */
    public Entry entry() throws ZipException {
        long bytes = buffer.getInt(header + 24) & IN_ZIP64;
        long compressed = buffer.getInt(header + 20) & IN_ZIP64;
        long offset = buffer.getInt(header + 42) & IN_ZIP64;
        if (bytes == IN_ZIP64 || compressed == IN_ZIP64 || offset == IN_ZIP64) {
            // The field has only those that do not fit, in this order (4.5.3).
            ByteBuffer field = zip64Field();
            bytes = bytes == IN_ZIP64 ? field.getLong() : bytes;
            compressed = compressed == IN_ZIP64 ? field.getLong() : compressed;
            offset = offset == IN_ZIP64 ? field.getLong() : offset;
        }
        String name = new String(buffer.array(), header + HEADER_BYTES, nameBytes(), StandardCharsets.UTF_8);
        long crc32 = buffer.getInt(header + 16) & IN_ZIP64;
        return new Entry(name, unsigned(buffer, header + 10), crc32, compressed, bytes, offset);
    }

    private boolean isNamed(byte[] name) {
        int from = header + HEADER_BYTES;
        return nameBytes() == name.length
                && Arrays.equals(buffer.array(), from, from + name.length, name, 0, name.length);
    }

    private ByteBuffer zip64Field() throws ZipException {
        int field = header + HEADER_BYTES + nameBytes();
        int fields = field + extraBytes();
        while (field + 4 <= fields) {
            int length = unsigned(buffer, field + 2);
            if (unsigned(buffer, field) == ZIP64_FIELD) {
                // Room for three numbers: one that is missing reads as none of the archive's places.
                byte[] numbers = new byte[3 * Long.BYTES];
                int there = Math.min(Math.min(length, numbers.length), fields - field - 4);
                System.arraycopy(buffer.array(), field + 4, numbers, 0, there);
                return ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
            }
            field += 4 + length;
        }
        throw new ZipException("not a ZIP archive: an entry of the directory lacks its ZIP64 field");
    }

    private int nameBytes() {
        return unsigned(buffer, header + 28);
    }

    private int extraBytes() {
        return unsigned(buffer, header + 30);
    }

    /** Has so many bytes in the buffer from its position on. */
    private void fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        buffer.compact();
        zip.position(at);
        while (buffer.position() < bytes) {
            int most = (int) Math.min(buffer.remaining(), end - at);
            require(most > 0, "the directory ends too early");
            buffer.limit(buffer.position() + most);
            int read = zip.read(buffer);
            buffer.limit(buffer.capacity());
            if (read < 0) {
                throw new EOFException("the archive ends too early");
            }
            at += read;
        }
        buffer.flip();
    }

    /** Finds where the directory is (4.3.16, 4.3.14). */
    private void locate() throws IOException {
        long size = zip.size();
        int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        require(tail >= END_BYTES, "it is too short");
        ByteBuffer last = read(zip, size - tail, tail);
        int found = tail - END_BYTES;
        while (found >= 0 && !(last.getInt(found) == END && found + END_BYTES + unsigned(last, found + 20) == tail)) {
            found--;
        }
        require(found >= 0, "it has no directory");
        left = unsigned(last, found + 10);
        long bytes = last.getInt(found + 12) & IN_ZIP64;
        at = last.getInt(found + 16) & IN_ZIP64;
        long locator = size - tail + found - ZIP64_LOCATOR_BYTES;
        if (left == 0xFFFF || bytes == IN_ZIP64 || at == IN_ZIP64) {
            bytes = locateZip64(locator, bytes);
        }
        end = at + bytes;
        require(at >= 0 && bytes >= 0 && end <= size && left >= 0, "its directory is not in it");
    }

    /** @return the directory's length */
    private long locateZip64(long locatorAt, long bytes) throws IOException {
        ByteBuffer locator =
                locatorAt < 0 ? ByteBuffer.allocate(ZIP64_LOCATOR_BYTES) : read(zip, locatorAt, ZIP64_LOCATOR_BYTES);
        if (locator.getInt(0) != ZIP64_LOCATOR) {
            // Exactly as many as the small fields hold.
            return bytes;
        }
        ByteBuffer zip64 = read(zip, locator.getLong(8), ZIP64_END_BYTES);
        require(zip64.getInt(0) == ZIP64_END, "its ZIP64 directory is not where it should be");
        left = zip64.getLong(32);
        at = zip64.getLong(48);
        return zip64.getLong(40);
    }

    private static ByteBuffer read(SeekableByteChannel zip, long from, int bytes) throws IOException {
        require(from >= 0 && from <= zip.size() - bytes, "it ends too early");
        ByteBuffer into = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        zip.position(from);
        while (into.hasRemaining()) {
            if (zip.read(into) < 0) {
                throw new EOFException("the archive ends too early");
            }
        }
        return into;
    }

    private static int unsigned(ByteBuffer from, int index) {
        return from.getShort(index) & 0xFFFF;
    }

    private static void require(boolean holds, String otherwise) throws ZipException {
        if (!holds) {
            throw new ZipException("not a ZIP archive: " + otherwise);
        }
    }
}
