package dev.windrow.worker.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/*
 * Commons-compress writes the time in the zone of the machine, and a UTC clock time that falls in that zone's missing
 * hour of spring cannot be said to it at all. So it writes any time, and each header is stamped on its way to the file.
 */

/**
 * Takes a whole archive as commons-compress writes it, and lets through to the file what is not there yet: headers,
 * stamped with the time, and the directory. Makes sure that each entry's data would have come to lie where it lies.
 * Closing it leaves the file open.
 */
final class HeaderChannel implements SeekableByteChannel {
    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);
    private static final int LOCAL_TIME = 10;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_FIXED = 46;
    private static final int CENTRAL_TIME = 12;
    private static final int CENTRAL_LENGTHS = 28;

    private final ArchiveFile file;
    private final int time;
    private long position;
    private long headerFrom = -1;
    private long dataFrom;
    private long dataTo;
    private boolean open = true;

    HeaderChannel(ArchiveFile file, Instant time) {
        this.file = file;
        this.time = dosTime(time);
    }

    /**
     * Time and date of a header, in UTC, rounded down to two seconds (APPNOTE 4.4.6). What the format cannot say
     * becomes its first or last time.
     */
    static int dosTime(Instant instant) {
        Instant first = FIRST.toInstant(ZoneOffset.UTC);
        Instant last = LAST.toInstant(ZoneOffset.UTC);
        Instant said = instant.isBefore(first) ? first : instant.isAfter(last) ? last : instant;
        LocalDateTime utc = LocalDateTime.ofInstant(said, ZoneOffset.UTC);
        int date = ((utc.getYear() - 1980) << 9) | (utc.getMonthValue() << 5) | utc.getDayOfMonth();
        return (date << 16) | (utc.getHour() << 11) | (utc.getMinute() << 5) | (utc.getSecond() / 2);
    }

    /** Says which entry comes next. */
    void expect(ArchiveState.Entry entry) {
        atEndOfData(entry.offset());
        headerFrom = entry.offset();
        dataFrom = entry.dataOffset();
        dataTo = entry.end();
    }

    /** Says that the central directory comes next. */
    void expectDirectory() {
        atEndOfData(dataTo);
        headerFrom = -1;
    }

    private void atEndOfData(long expected) {
        if (position != expected) {
            throw new IllegalStateException("headers are at " + position + ", the file at " + expected);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (position >= dataFrom && position < dataTo) {
            source.position(source.limit());
        } else {
            byte[] bytes = new byte[length];
            source.get(bytes);
            stamp(bytes);
            file.write(position, bytes, 0, length);
        }
        position += length;
        return length;
    }

    /** A local header comes in one piece, central ones come in pieces of whole headers. */
    private void stamp(byte[] bytes) {
        ByteBuffer headers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (position == headerFrom) {
            if (bytes.length != dataFrom - headerFrom) {
                throw new IllegalStateException(
                        "local header of " + bytes.length + " bytes, room for " + (dataFrom - headerFrom));
            }
            headers.putInt(LOCAL_TIME, time);
            return;
        }
        int at = 0;
        while (at + CENTRAL_FIXED <= bytes.length && headers.getInt(at) == CENTRAL_SIGNATURE) {
            headers.putInt(at + CENTRAL_TIME, time);
            at += CENTRAL_FIXED + variableLength(headers, at + CENTRAL_LENGTHS);
        }
    }

    /** Name, extra fields and comment: three lengths of 16 bits, side by side. */
    private static int variableLength(ByteBuffer headers, int at) {
        int length = 0;
        for (int i = 0; i < 3; i++) {
            length += Short.toUnsignedInt(headers.getShort(at + 2 * i));
        }
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        throw new UnsupportedOperationException("headers are written once, in order");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("headers are written once, in order");
    }

    @Override
    public int read(ByteBuffer target) {
        throw new NonReadableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
