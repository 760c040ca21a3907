package dev.windrow.api.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** An archive that is open, so that it can be read to its end whatever becomes of it. Belongs to one thread. */
record OpenArchive(Archive archive, SeekableByteChannel channel) implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    /** Copies a part. Blocks as the reader of {@code out} pleases. */
    void copy(ByteRange range, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, range.length()));
        channel.position(range.first());
        long left = range.length();
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int read = channel.read(buffer);
            if (read < 0) {
                throw new IOException("artifact " + archive.key() + " ends " + left + " bytes early");
            }
            out.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
