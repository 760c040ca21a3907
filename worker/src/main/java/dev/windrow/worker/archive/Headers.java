package dev.windrow.worker.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnrecognizedExtraField;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipShort;

/*
 * The ZIP around the data. When an entry begins, nobody knows yet whether it will need the 20 bytes of a ZIP64 field in
 * its local header (APPNOTE 4.5.3); when it ends, its data cannot move. So each header is given room for them, and an
 * entry that stays below 4 GiB fills the room with the padding field that Android's archives use. The other way, a
 * ZIP64 field in every entry, makes needless ZIP64 archives, which some readers complain about.
 *
 * Commons-compress then writes the whole archive once more, into a channel that drops the data, which is in its place
 * already.
 */
final class Headers {
    /** A local header without name and extra fields (APPNOTE 4.3.7). */
    private static final int FIXED = 30;

    /** The ZIP64 field of a local header: id, length, both sizes. */
    private static final int ZIP64_FIELD = 20;

    private static final long ZIP64_FROM = 0xFFFF_FFFFL;

    /**
     * Its data is a multiple (16 bits), then zeros. Multiples of one byte: no alignment is promised, this is room only.
     */
    private static final ZipShort PADDING = new ZipShort(0xD935);

    /** One for all entries: nobody changes it, and there may be very many. */
    private static final UnrecognizedExtraField ROOM = padding();

    private static final int REGULAR_FILE = 0100644;

    /** Any time that every zone can say; {@link HeaderChannel} writes the right one over it. */
    private static final long SOME_TIME = Instant.parse("2000-01-01T12:00:00Z").toEpochMilli();

    private Headers() {}

    /** How far an entry's data begins after its local header. */
    static int reserved(String name) {
        return FIXED + EntryName.length(name) + ZIP64_FIELD;
    }

    /** Writes the local headers before the data of the entries, and the central directory after the last. */
    static void write(ArchiveFile file, List<ArchiveState.Entry> entries, Instant time) throws IOException {
        HeaderChannel channel = new HeaderChannel(file, time);
        // Not closed after a failure: that would write a directory of what was not written.
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel);
        zip.setUseZip64(Zip64Mode.AsNeeded);
        for (ArchiveState.Entry entry : entries) {
            channel.expect(entry);
            zip.addRawArchiveEntry(header(entry), new StandIn(entry.compressedBytes()));
        }
        channel.expectDirectory();
        zip.close();
    }

    private static ZipArchiveEntry header(ArchiveState.Entry entry) {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
        header.setMethod(ZipEntry.DEFLATED);
        header.setUnixMode(REGULAR_FILE);
        header.setTime(SOME_TIME);
        header.setSize(entry.bytes());
        header.setCompressedSize(entry.compressedBytes());
        header.setCrc(entry.crc32());
        if (entry.bytes() < ZIP64_FROM && entry.compressedBytes() < ZIP64_FROM) {
            header.addExtraField(ROOM);
        }
        return header;
    }

    private static UnrecognizedExtraField padding() {
        byte[] local = new byte[ZIP64_FIELD - 4];
        local[0] = 1;
        UnrecognizedExtraField padding = new UnrecognizedExtraField();
        padding.setHeaderId(PADDING);
        padding.setLocalFileDataData(local);
        padding.setCentralDirectoryData(new byte[] {1, 0});
        return padding;
    }

    /** As many bytes as an entry's data, whose values nobody looks at. */
    private static final class StandIn extends InputStream {
        private long left;

        StandIn(long length) {
            left = length;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            left -= read;
            return read;
        }
    }
}
