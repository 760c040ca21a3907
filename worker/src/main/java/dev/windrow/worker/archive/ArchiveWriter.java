package dev.windrow.worker.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Writes a ZIP archive, block by block, into a temporary file that can be cut and gone on with at the end of every
 * block. The same names, blocks and options give the same bytes, whatever the timing, the number of threads and the
 * number of cuts. While it is written the file is read back, on the pool's threads.
 *
 * <pre>{@code
 * try (ArchiveWriter archive = ArchiveWriter.create(file, options, pool)) {
 *     archive.beginEntry("people.csv");
 *     archive.append(rows, 0, rows.length);
 *     archive.endEntry();
 *     sealed = archive.finish(blockList, bytes -> {});
 * }
 * }</pre>
 *
 * <p>Order of calls: for each entry {@link #beginEntry}, {@link #append} for each block, {@link #endEntry}; then {@link
 * #finish}. Data is written to its final place and never moved. Not thread-safe: one thread at a time. An interrupt
 * ends nothing here and stays set. After any exception but an {@link IllegalArgumentException} the writer is of no more
 * use: every later call throws an {@link IOException} with the first as its cause.
 */
public final class ArchiveWriter implements AutoCloseable {
    private final ArchiveFile file;
    private final Options options;
    private final DeflatePool pool;
    private final BlockQueue blocks;
    private final Layout layout;
    private final ReadBehind readBehind;
    private @Nullable Throwable failure;

    private ArchiveWriter(ArchiveFile file, ArchiveState state, Options options, DeflatePool pool) {
        this.file = file;
        this.options = options;
        this.pool = pool;
        this.blocks = new BlockQueue(pool);
        this.layout = new Layout(file, state);
        this.readBehind = new ReadBehind(file, layout, pool);
    }

    /**
     * What makes the archive's bytes, beside its entries and their blocks.
     *
     * @param level of deflate, 0 (stored) to 9 (smallest)
     * @param time of every entry; the archive tells it in UTC, to two seconds, from 1980 to 2107
     */
    public record Options(int level, Instant time) {
        public Options {
            if (level < Deflater.NO_COMPRESSION || level > Deflater.BEST_COMPRESSION) {
                throw new IllegalArgumentException("level " + level + ", must be 0 to 9");
            }
            Objects.requireNonNull(time, "time");
        }
    }

    /**
     * Begins an archive in a new file, which only its owner may read.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file exists
     */
    public static ArchiveWriter create(Path file, Options options, DeflatePool pool) throws IOException {
        return new ArchiveWriter(ArchiveFile.create(file), new ArchiveState(0, List.of()), options, pool);
    }

    /**
     * Goes on with an archive at a place that {@link #sync} gave, in the same file or in a copy of it; what the file
     * holds after that place is cut off. The options must be those from before.
     *
     * @throws CorruptArchiveException when the file is shorter than the place, or the place is not one
     */
    public static ArchiveWriter resume(Path file, ArchiveState state, Options options, DeflatePool pool)
            throws IOException {
        state.check();
        return new ArchiveWriter(ArchiveFile.open(file, state.length()), state, options, pool);
    }

    /**
     * Begins an entry.
     *
     * @param name a relative path of parts that are separated by {@code /}, which no other entry has
     * @throws IllegalArgumentException when the name is no such path, or is taken
     */
    public void beginEntry(String name) throws IOException {
        EntryName.check(name);
        if (layout.has(name)) {
            throw new IllegalArgumentException("entry name '" + name + "' is taken");
        }
        guard(() -> layout.begin(name));
    }

    /**
     * Makes exactly one block of the bytes, which are copied; no block of no bytes. Waits while as many blocks as the
     * pool has threads, and two, are on their way. The same bytes in other blocks give another file: where blocks end
     * is for the caller to keep the same.
     */
    public void append(byte[] bytes, int offset, int length) throws IOException {
        append(bytes, offset, length, false);
    }

    /**
     * As {@link #append(byte[], int, int)}.
     *
     * @param stored whether the bytes are kept as they are, because they are compressed already
     */
    public void append(byte[] bytes, int offset, int length, boolean stored) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        guard(() -> {
            layout.requireOpen();
            while (blocks.isReady() || blocks.isFull()) {
                placeOldestBlock();
            }
            if (length > 0) {
                blocks.add(bytes, offset, length, stored ? Deflater.NO_COMPRESSION : options.level());
            }
        });
    }

    /** Waits for the blocks on their way, which then hold no memory. */
    public void settle() throws IOException {
        guard(this::placeBlocks);
    }

    /** Ends the entry; waits for its blocks. */
    public void endEntry() throws IOException {
        guard(() -> {
            placeBlocks();
            layout.end();
        });
    }

    /** Bytes of the file so far; blocks on their way are not among them. */
    public long length() {
        return layout.length();
    }

    /**
     * Waits for the blocks on their way, and until everything is on the disk; then says from where the archive can be
     * gone on with.
     */
    public ArchiveState sync() throws IOException {
        return guarded(() -> {
            placeBlocks();
            file.sync();
            return layout.state();
        });
    }

    /**
     * Reads every entry so far back from the file and inflates it, unless that was done behind the writing; none may be
     * open.
     *
     * @param bytesRead is told, often, how many bytes of the file were read since it was told last; what it throws ends
     * the reading
     * @throws CorruptArchiveException when an entry is not what was appended
     */
    public List<ReadBack> readBack(LongConsumer bytesRead) throws IOException {
        return guarded(() -> readBehind.readBack(bytesRead));
    }

    /** The name of the engine that deflates the blocks, as {@link Engine} gives it. */
    public String engine() {
        return pool.engine(options.level());
    }

    /**
     * Makes the file a ZIP archive, on the disk, and reads all of it: as a ZIP, and for its digest. Entries that {@link
     * #readBack} has not seen are read back first. The writer takes nothing more after this.
     *
     * @param blockList the file for the list of the archive's blocks, made anew; it is on the disk when this returns
     * @param bytesRead as in {@link #readBack}
     * @throws CorruptArchiveException when the file is not what was written
     */
    public Sealed finish(Path blockList, LongConsumer bytesRead) throws IOException {
        Sealed result = guarded(() -> {
            readBehind.readBack(bytesRead);
            Headers.write(file, layout.entries(), options.time());
            file.sync();
            try (BlockList list = BlockList.create(blockList, file.length(), engine())) {
                return readBehind.seal(list, bytesRead);
            }
        });
        failure = new IllegalStateException("it is finished");
        return result;
    }

    /**
     * Closes the file and leaves it there, at whatever length. Blocks on their way are dropped: the pool never writes
     * to the file.
     */
    @Override
    public void close() throws IOException {
        failure = failure == null ? new IllegalStateException("it is closed") : failure;
        try (file) {
            readBehind.close();
        }
    }

    /** Bytes of the file that were read back behind the writing. */
    long bytesReadBehind() throws IOException {
        return readBehind.untold();
    }

    /** Bytes of memory that blocks at rest hold. */
    long restingCapacity() {
        return blocks.restingCapacity();
    }

    private void placeBlocks() throws IOException {
        while (!blocks.isEmpty()) {
            placeOldestBlock();
        }
    }

    private void placeOldestBlock() throws IOException {
        Block block = blocks.take();
        layout.place(block);
        blocks.rest(block);
        readBehind.goOn();
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface Question<T> {
        T answer() throws IOException;
    }

    private void guard(Step step) throws IOException {
        guarded(() -> {
            step.run();
            return true;
        });
    }

    private <T> T guarded(Question<T> step) throws IOException {
        if (failure != null) {
            throw new IOException("the archive can take no more: " + failure.getMessage(), failure);
        }
        try {
            return step.answer();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }
}
