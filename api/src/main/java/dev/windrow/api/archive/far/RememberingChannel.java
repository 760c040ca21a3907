package dev.windrow.api.archive.far;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * An artifact of which each block is read at most once as long as it is remembered. Belongs to one thread at a time.
 */
final class RememberingChannel implements SeekableByteChannel {
    private final Blocks blocks;
    private final String key;
    private final SeekableByteChannel artifact;
    private final long size;
    private long position;

    RememberingChannel(Blocks blocks, String key, SeekableByteChannel artifact) throws IOException {
        this.blocks = blocks;
        this.key = key;
        this.artifact = artifact;
        this.size = artifact.size();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size) {
            return -1;
        }
        byte[] block = block(position / Blocks.BYTES);
        int from = (int) (position % Blocks.BYTES);
        int count = Math.min(target.remaining(), block.length - from);
        target.put(block, from, count);
        position += count;
        return count;
    }

    private byte[] block(long number) throws IOException {
        Blocks.Name name = new Blocks.Name(key, number);
        byte[] block = blocks.get(name);
        if (block == null) {
            block = fetch(number * Blocks.BYTES);
            blocks.put(name, block);
        }
        return block;
    }

    private byte[] fetch(long from) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(Blocks.BYTES, size - from));
        artifact.position(from);
        while (block.hasRemaining()) {
            if (artifact.read(block) < 0) {
                throw new EOFException(key + " ends early");
            }
        }
        return block.array();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return artifact.isOpen();
    }

    /** What is remembered, and the artifact, stay as they are. */
    @Override
    public void close() {}
}
