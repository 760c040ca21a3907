package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.Destination.Content;
import dev.windrow.common.artifact.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes of an archive or a file that are sent in one request; each try of it reads them anew.
 *
 * @param from in bytes
 * @param length in bytes
 */
record Stretch(Content content, long from, long length) {
    private static final int BUFFER = 1 << 16;

    Stretch(Path file, long from, long length) {
        this(of(file), from, length);
    }

    /**
     * What is said of the bytes.
     *
     * @param md5 for the header Content-MD5: the one checksum that every store checks
     * @param sha256 64 lower-case hex digits
     */
    record Sums(String md5, String sha256) {}

    /** A file's bytes. */
    static Content of(Path file) {
        return () -> FileChannel.open(file, StandardOpenOption.READ);
    }

    static Stretch all(Path file) throws IOException {
        return new Stretch(file, 0, Files.size(file));
    }

    /** @throws EOFException when the file ends before it */
    Sums sums() throws IOException {
        MessageDigest md5 = md5Digest();
        Sha256 sha256 = new Sha256();
        try (SeekableByteChannel channel = content.open()) {
            channel.position(from);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long left = length;
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new EOFException("what is sent ends before " + (from + length));
                }
                md5.update(buffer.array(), 0, read);
                sha256.update(buffer.array(), 0, read);
                left -= read;
            }
        }
        return new Sums(Base64.getEncoder().encodeToString(md5.digest()), sha256.hex());
    }

    private static MessageDigest md5Digest() throws IOException {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this Java has no MD5, which a bucket checks what it is sent by", e);
        }
    }

    /** Sends them by one request; what was opened for it is closed when it is over. */
    interface Request<T> {
        T send(RequestBody body) throws IOException;
    }

    <T> T sent(Request<T> request) throws IOException {
        List<InputStream> opened = new ArrayList<>();
        try {
            return request.send(RequestBody.fromContentProvider(
                    () -> {
                        InputStream stream = open();
                        opened.add(stream);
                        return stream;
                    },
                    length,
                    "application/octet-stream"));
        } finally {
            for (InputStream stream : opened) {
                stream.close();
            }
        }
    }

    private InputStream open() {
        try {
            SeekableByteChannel channel = content.open();
            channel.position(from);
            return new Bounded(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends where the stretch does. */
    private static final class Bounded extends InputStream {
        private final InputStream stream;
        private long left;

        Bounded(InputStream stream, long left) {
            this.stream = stream;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = stream.read(bytes, offset, (int) Math.min(count, left));
            if (read > 0) {
                left -= read;
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, stream.available());
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
