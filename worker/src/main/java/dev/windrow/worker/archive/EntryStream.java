package dev.windrow.worker.archive;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Makes blocks of one size of what is written: the open entry of an archive as a stream. Closing it ends the entry. Not
 * thread-safe.
 */
public final class EntryStream extends OutputStream {
    private final ArchiveWriter archive;
    private final Runnable whenBlock;
    private final byte[] block = new byte[BlockRule.MOST_BYTES];
    private int length;

    /** @param whenBlock called at each block; what it throws ends the writing */
    public EntryStream(ArchiveWriter archive, Runnable whenBlock) {
        this.archive = archive;
        this.whenBlock = whenBlock;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (length == block.length) {
                append();
            }
            int part = Math.min(count - done, block.length - length);
            System.arraycopy(bytes, offset + done, block, length, part);
            length += part;
            done += part;
        }
    }

    private void append() throws IOException {
        whenBlock.run();
        archive.append(block, 0, length);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        append();
        archive.endEntry();
    }
}
