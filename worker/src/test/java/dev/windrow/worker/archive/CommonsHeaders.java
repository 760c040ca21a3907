package dev.windrow.worker.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnrecognizedExtraField;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipShort;

/**
 * What {@link Headers} must write, written by commons-compress: it is given the whole archive, with data of any values,
 * and what is not data goes into the file.
 */
final class CommonsHeaders implements SeekableByteChannel {
    private static final int ROOM = 16;

    private final ArchiveFile file;
    private long position;
    private long dataFrom;
    private long dataTo;

    private CommonsHeaders(ArchiveFile file) {
        this.file = file;
    }

    /** @param time an hour that every zone has */
    static void write(ArchiveFile file, List<ArchiveState.Entry> entries, LocalDateTime time) throws IOException {
        CommonsHeaders channel = new CommonsHeaders(file);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
            zip.setUseZip64(Zip64Mode.AsNeeded);
            for (ArchiveState.Entry entry : entries) {
                channel.dataFrom = entry.dataOffset();
                channel.dataTo = entry.end();
                zip.addRawArchiveEntry(header(entry, time), new StandIn(entry.compressedBytes()));
            }
        }
    }

    private static ZipArchiveEntry header(ArchiveState.Entry entry, LocalDateTime time) {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
        header.setMethod(ZipEntry.DEFLATED);
        header.setUnixMode(0100644);
        header.setTime(time.atZone(TimeZone.getDefault().toZoneId()).toInstant().toEpochMilli());
        header.setSize(entry.bytes());
        header.setCompressedSize(entry.compressedBytes());
        header.setCrc(entry.crc32());
        if (entry.bytes() < 0xFFFF_FFFFL && entry.compressedBytes() < 0xFFFF_FFFFL) {
            header.addExtraField(padding());
        }
        return header;
    }

    private static UnrecognizedExtraField padding() {
        byte[] local = new byte[ROOM];
        local[0] = 1;
        UnrecognizedExtraField padding = new UnrecognizedExtraField();
        padding.setHeaderId(new ZipShort(0xD935));
        padding.setLocalFileDataData(local);
        padding.setCentralDirectoryData(new byte[] {1, 0});
        return padding;
    }

    /** As many bytes as an entry's data. */
    private static final class StandIn extends InputStream {
        private long left;

        StandIn(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = (int) Math.min(left, length);
            left -= read;
            return read == 0 ? -1 : read;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        byte[] bytes = new byte[position >= dataFrom && position < dataTo ? 0 : length];
        source.get(bytes);
        source.position(source.limit());
        file.write(position, bytes, 0, bytes.length);
        position += length;
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
        return true;
    }

    @Override
    public void close() {
        // The file is the test's.
    }
}
