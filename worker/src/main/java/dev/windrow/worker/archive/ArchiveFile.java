package dev.windrow.worker.archive;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The temporary file: positioned reads and writes. A {@link RandomAccessFile}, because a file channel closes itself
 * when its thread is interrupted. One thread may write while another reads what was written before; else not
 * thread-safe.
 */
final class ArchiveFile implements AutoCloseable {
    private final RandomAccessFile file;
    private final RandomAccessFile reader;

    private ArchiveFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            reader = new RandomAccessFile(path.toFile(), "r");
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Makes the file, for its owner's eyes only; it must not exist. */
    static ArchiveFile create(Path path) throws IOException {
        Files.createFile(path, OwnerOnly.file());
        return new ArchiveFile(path);
    }

    /** Opens a file that must exist, and cuts it to the length, which it must have. */
    static ArchiveFile open(Path path, long length) throws IOException {
        long found = Files.size(path);
        if (found < length) {
            throw new CorruptArchiveException("the file has " + found + " bytes, not the " + length + " to go on from");
        }
        OwnerOnly.close(path);
        ArchiveFile opened = new ArchiveFile(path);
        try {
            opened.file.setLength(length);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    void write(long position, byte[] bytes, int offset, int length) throws IOException {
        file.seek(position);
        file.write(bytes, offset, length);
    }

    /** Reads up to that many bytes; -1 at the file's end. */
    int read(long position, byte[] bytes, int offset, int length) throws IOException {
        reader.seek(position);
        return reader.read(bytes, offset, length);
    }

    /**
     * Reads up to as many bytes as there is room for, one at least.
     *
     * @param end where to stop, at the latest; after the position
     * @throws CorruptArchiveException when the file ends before
     */
    int readSome(long position, long end, byte[] bytes) throws IOException {
        int length = read(position, bytes, 0, (int) Math.min(bytes.length, end - position));
        if (length < 0) {
            throw new CorruptArchiveException("the file ends at " + position + ", not at " + end + " or later");
        }
        return length;
    }

    long length() throws IOException {
        return file.length();
    }

    /** Returns when everything written is on the disk. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            reader.close();
        }
    }

    /** The file as a channel for reading; closing it leaves the file open. */
    SeekableByteChannel reading() {
        return new Reading();
    }

    private final class Reading implements SeekableByteChannel {
        private final byte[] buffer = new byte[1 << 13];
        private long position;
        private boolean open = true;

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            int read = ArchiveFile.this.read(position, buffer, 0, Math.min(buffer.length, target.remaining()));
            if (read > 0) {
                target.put(buffer, 0, read);
                position += read;
            }
            return read;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() throws IOException {
            return length();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new NonWritableChannelException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
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
}
