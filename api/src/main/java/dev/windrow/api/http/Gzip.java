package dev.windrow.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * What stands around deflated bytes to make them gzip (RFC 1952), and so how long that is before the first byte is
 * sent.
 *
 * @param deflated in bytes
 * @param crc32 of the plain bytes
 * @param bytes how many those are
 */
public record Gzip(long deflated, long crc32, long bytes) {
    /** Magic number, deflate, no flags, no time, no word on speed or on the system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TAIL = 8;
    /** Of both times that something is deflated, so that both come to the same. */
    private static final int BUFFER = 1 << 13;

    /** Deflates it once and throws that away, in flat memory. Does not close it. */
    public static Gzip measure(InputStream plain) throws IOException {
        Deflater deflater = deflater();
        CRC32 crc32 = new CRC32();
        try {
            new DeflaterInputStream(new CheckedInputStream(plain, crc32), deflater, BUFFER)
                    .transferTo(OutputStream.nullOutputStream());
            return new Gzip(deflater.getBytesWritten(), crc32.getValue(), deflater.getBytesRead());
        } finally {
            deflater.end();
        }
    }

    /** Of the whole, in bytes. */
    public long length() {
        return HEAD.length + deflated + TAIL;
    }

    /** The whole of plain bytes that were measured; closed with it. */
    public InputStream of(InputStream plain) {
        return around(new Deflated(plain));
    }

    /** The whole of bytes that are deflated already; closed with it, once it is read to their end. */
    public InputStream around(InputStream raw) {
        byte[] tail = ByteBuffer.allocate(TAIL)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc32)
                .putInt((int) bytes)
                .array();
        return new SequenceInputStream(
                Collections.enumeration(List.of(new ByteArrayInputStream(HEAD), raw, new ByteArrayInputStream(tail))));
    }

    private static Deflater deflater() {
        return new Deflater(Deflater.BEST_SPEED, true);
    }

    /** Gives the memory of zlib back when it is closed. */
    private static final class Deflated extends DeflaterInputStream {
        Deflated(InputStream plain) {
            super(plain, deflater(), BUFFER);
        }

        @Override
        public void close() throws IOException {
            super.close();
            def.end();
        }
    }
}
