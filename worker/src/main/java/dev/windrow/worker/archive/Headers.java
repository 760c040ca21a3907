package dev.windrow.worker.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/*
 * The ZIP around the data, as PKWARE's APPNOTE 6.3.10 has it (sections in brackets), numbers little-endian:
 *
 *     [local header 4.3.7: 30 bytes, name, 20 bytes of extra field] before each entry's data
 *     [central header 4.3.12: 46 bytes, name, extra fields] for each entry, after the last one's data
 *     [ZIP64 end 4.3.14: 56 bytes][its locator 4.3.15: 20 bytes] only where a number does not fit the record below
 *     [end 4.3.16: 22 bytes]
 *
 * When an entry begins, nobody knows yet whether it will need the 20 bytes of a ZIP64 field in its local header
 * (4.5.3); when it ends, its data cannot move. So each local header has room for them, and an entry that stays below 4
 * GiB fills the room with the padding field that Android's archives use. The other way, a ZIP64 field in every entry,
 * makes needless ZIP64 archives, which some readers complain about.
 *
 * Every byte is as commons-compress 1.28 writes it, which wrote these records before: an archive that is made again
 * must be the same.
 */
/** Writes the headers of an archive whose data is in its place already. Belongs to one thread. */
final class Headers {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;

    /** As much as a number of 32 bits holds, and the sign that it is in the ZIP64 field instead. */
    private static final long MOST = 0xFFFF_FFFFL;

    private static final int MOST_ENTRIES = 0xFFFF;

    /** What a reader must know (4.4.3): deflate, or ZIP64. */
    private static final short DEFLATE_VERSION = 20;

    private static final short ZIP64_VERSION = 45;

    private static final int UNIX = 3 << 8;
    private static final int REGULAR_FILE = 0100644 << 16;
    private static final short UTF_8_NAME = 1 << 11;
    private static final short DEFLATED = 8;
    private static final short ZIP64_FIELD = 1;

    /**
     * Its data is a multiple (16 bits), then zeros. Multiples of one byte: no alignment is promised, this is room only.
     */
    private static final short PADDING_FIELD = (short) 0xD935;

    private static final short NONE = 0;
    private static final int FIELD_HEADER = 4;
    private static final int ROOM = 16;

    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    /** More than the longest record, a central header. */
    private static final int LONGEST_RECORD = 128 + EntryName.LONGEST;

    private final ArchiveFile file;
    private final int time;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** Where in the file the buffer's bytes belong. */
    private long at;

    /** Whether a record so far is of ZIP64; the archive then says that who made it knows that. */
    private boolean zip64;

    private Headers(ArchiveFile file, Instant time) {
        this.file = file;
        this.time = dosTime(time);
    }

    /** Writes the local headers before the data of the entries, and the central directory after the last. */
    static void write(ArchiveFile file, List<ArchiveState.Entry> entries, Instant time) throws IOException {
        Headers headers = new Headers(file, time);
        long end = 0;
        for (ArchiveState.Entry entry : entries) {
            headers.local(entry);
            end = entry.end();
        }
        headers.at = end;
        for (ArchiveState.Entry entry : entries) {
            headers.central(entry);
        }
        headers.end(entries.size(), end);
    }

    /**
     * Time and date of a header, in UTC, rounded down to two seconds (4.4.6). What the format cannot say becomes its
     * first or last time.
     */
    static int dosTime(Instant instant) {
        Instant first = FIRST.toInstant(ZoneOffset.UTC);
        Instant last = LAST.toInstant(ZoneOffset.UTC);
        Instant said = instant.isBefore(first) ? first : instant.isAfter(last) ? last : instant;
        LocalDateTime utc = LocalDateTime.ofInstant(said, ZoneOffset.UTC);
        int date = ((utc.getYear() - 1980) << 9) | (utc.getMonthValue() << 5) | utc.getDayOfMonth();
        return (date << 16) | (utc.getHour() << 11) | (utc.getMinute() << 5) | (utc.getSecond() / 2);
    }

    private static boolean isLarge(ArchiveState.Entry entry) {
        return entry.bytes() >= MOST || entry.compressedBytes() >= MOST;
    }

    private void local(ArchiveState.Entry entry) throws IOException {
        at = entry.offset();
        boolean large = isLarge(entry);
        zip64 |= large;
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        buffer.putInt(LOCAL_HEADER);
        common(entry, version(large), name);
        buffer.putShort((short) (FIELD_HEADER + ROOM));
        buffer.put(name);
        if (large) {
            buffer.putShort(ZIP64_FIELD).putShort((short) ROOM);
            buffer.putLong(entry.bytes()).putLong(entry.compressedBytes());
        } else {
            buffer.putShort(PADDING_FIELD).putShort((short) ROOM);
            buffer.putShort((short) 1).put(new byte[ROOM - Short.BYTES]);
        }
        flush();
    }

    /**
     * What a local and a central header have in the same order, from the version that is needed to the name's length.
     */
    private void common(ArchiveState.Entry entry, short version, byte[] name) {
        boolean large = isLarge(entry);
        buffer.putShort(version).putShort(UTF_8_NAME).putShort(DEFLATED).putInt(time);
        buffer.putInt((int) entry.crc32());
        buffer.putInt((int) (large ? MOST : entry.compressedBytes()));
        buffer.putInt((int) (large ? MOST : entry.bytes()));
        buffer.putShort((short) name.length);
    }

    private void central(ArchiveState.Entry entry) throws IOException {
        boolean large = isLarge(entry);
        boolean far = entry.offset() >= MOST;
        zip64 |= far;
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        buffer.putInt(CENTRAL_HEADER).putShort((short) (UNIX | version(zip64)));
        common(entry, version(large || far), name);
        int extraLength = buffer.position();
        // It is told below; no comment, the first disk, no internal attributes.
        buffer.putShort(NONE).putShort(NONE).putShort(NONE).putShort(NONE);
        buffer.putInt(REGULAR_FILE).putInt((int) Math.min(entry.offset(), MOST));
        buffer.put(name);
        int extra = buffer.position();
        centralFields(entry, large, far);
        buffer.putShort(extraLength, (short) (buffer.position() - extra));
        if (buffer.remaining() < LONGEST_RECORD) {
            flush();
        }
    }

    private void centralFields(ArchiveState.Entry entry, boolean large, boolean far) {
        if (large || far) {
            // Only the numbers that do not fit, in this order (4.5.3).
            int numbers = (large ? 2 : 0) + (far ? 1 : 0);
            buffer.putShort(ZIP64_FIELD).putShort((short) (numbers * Long.BYTES));
        }
        if (large) {
            buffer.putLong(entry.bytes()).putLong(entry.compressedBytes());
        }
        if (far) {
            buffer.putLong(entry.offset());
        }
        if (!large) {
            buffer.putShort(PADDING_FIELD).putShort((short) Short.BYTES).putShort((short) 1);
        }
    }

    private static short version(boolean zip64) {
        return zip64 ? ZIP64_VERSION : DEFLATE_VERSION;
    }

    /** @param directory where it begins; it ends here */
    private void end(int entries, long directory) throws IOException {
        long end = at + buffer.position();
        long bytes = end - directory;
        if (zip64 || entries >= MOST_ENTRIES || bytes >= MOST || directory >= MOST) {
            zip64End(entries, bytes, directory);
            buffer.putInt(ZIP64_LOCATOR).putInt(0).putLong(end).putInt(1);
        }
        short count = (short) Math.min(entries, MOST_ENTRIES);
        buffer.putInt(END).putShort(NONE).putShort(NONE).putShort(count).putShort(count);
        buffer.putInt((int) Math.min(bytes, MOST))
                .putInt((int) Math.min(directory, MOST))
                .putShort(NONE);
        flush();
    }

    private void zip64End(long entries, long bytes, long directory) {
        // Its length is told without the signature and itself.
        buffer.putInt(ZIP64_END).putLong(56 - 12);
        buffer.putShort(ZIP64_VERSION).putShort(ZIP64_VERSION);
        // The first disk, and that of the directory.
        buffer.putInt(0).putInt(0);
        buffer.putLong(entries).putLong(entries).putLong(bytes).putLong(directory);
    }

    private void flush() throws IOException {
        file.write(at, buffer.array(), 0, buffer.position());
        at += buffer.position();
        buffer.clear();
    }
}
