package dev.windrow.worker.encode.xlsx;

import dev.windrow.worker.crc.CrcJoin;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The XML of a sheet as it becomes one deflate stream, a block at a time, each by a fresh deflater and ended by a full
 * flush: so a later run can go on after any block, and the stream depends on the XML and on where its blocks end alone.
 */
final class DeflatedSheet {
    /** XML of figures gets little smaller beyond this one, and takes twice as long. */
    private static final int LEVEL = 4;

    private static final int STEP = 1 << 16;

    /** An empty block of fixed codes with the final bit (RFC 1951 sections 3.2.3 and 3.2.6). */
    private static final byte[] END_OF_STREAM = {3, 0};

    private static final String CRC32 = "sheetCrc32";
    private static final String BYTES = "sheetBytes";
    private static final String DEFLATED = "sheetDeflated";

    private final EncodedBytes deflated = new EncodedBytes();
    private Sizes sizes;

    /** Of the XML so far: its CRC-32 (unsigned), its length and its deflated length, in bytes. */
    record Sizes(long crc32, long bytes, long deflated) {
        static final Sizes NONE = new Sizes(0, 0, 0);
    }

    DeflatedSheet(Resume resume) {
        sizes = new Sizes(resume.count(CRC32), resume.count(BYTES), resume.count(DEFLATED));
    }

    Sizes sizes() {
        return sizes;
    }

    /** What a later run needs to go on. */
    Map<String, Long> state() {
        return Map.of(CRC32, sizes.crc32, BYTES, sizes.bytes, DEFLATED, sizes.deflated);
    }

    /** Puts a deflated block in the place of the XML that begins at that index. */
    void deflate(EncodedBytes out, int from) {
        int length = out.length() - from;
        if (length == 0) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(out.array(), from, length);
        deflated.clear();
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(out.array(), from, length);
            int written;
            do {
                // Always as much room, so that the bytes depend on nothing but the XML.
                written = deflater.deflate(deflated.reserve(STEP), deflated.length(), STEP, Deflater.FULL_FLUSH);
                deflated.end(deflated.length() + written);
            } while (written == STEP);
        } finally {
            deflater.end();
        }
        out.end(from);
        out.put(deflated.array(), deflated.length());
        sizes = new Sizes(
                CrcJoin.join(sizes.crc32, crc.getValue(), length),
                sizes.bytes + length,
                sizes.deflated + deflated.length());
    }

    /** Ends the stream. */
    void end(EncodedBytes out) {
        out.put(END_OF_STREAM);
        sizes = new Sizes(sizes.crc32, sizes.bytes, sizes.deflated + END_OF_STREAM.length);
    }
}
