package dev.windrow.worker.archive;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the file read back behind its writer, on the pool's threads, a stretch at a time, so that little is left to read
 * once all is written. The writer never waits for it but at the end. Belongs to the writer's thread.
 */
final class ReadBehind implements AutoCloseable {
    /** What is worth a task, and no more than a task may read: other archives' blocks wait meanwhile. */
    private static final long STRETCH = 1 << 18;

    private static final long LONGEST_STRETCH = 4 * STRETCH;

    private final Verification verification;
    private final Layout layout;
    private final DeflatePool pool;
    private @Nullable Future<?> stretch;
    /** Written by the task; read when it is done. */
    private long untold;

    ReadBehind(ArchiveFile file, Layout layout, DeflatePool pool) {
        this.verification = new Verification(file);
        this.layout = layout;
        this.pool = pool;
    }

    /** Begins the next stretch, if the last is through and there is one. */
    void goOn() throws IOException {
        if (stretch != null && !stretch.isDone()) {
            return;
        }
        await();
        ArchiveState.Entry entry = layout.entry(verification.entriesRead());
        if (entry != null && (!entry.open() || verification.unread(entry) >= STRETCH)) {
            stretch = pool.submit(() -> {
                verification.readOn(entry, LONGEST_STRETCH, bytes -> untold += bytes);
                return entry;
            });
        }
    }

    /** As {@link ArchiveWriter#readBack}. */
    List<ReadBack> readBack(LongConsumer bytesRead) throws IOException {
        await();
        if (untold > 0) {
            bytesRead.accept(untold);
            untold = 0;
        }
        return verification.readBack(layout.entries(), bytesRead);
    }

    /** As {@link Verification#seal}, for entries that were all read back. */
    Sealed seal(BlockList blocks, LongConsumer bytesRead) throws IOException {
        return verification.seal(layout.entries(), blocks, bytesRead);
    }

    /** Bytes that were read since they were last told. */
    long untold() throws IOException {
        await();
        return untold;
    }

    private void await() throws IOException {
        Future<?> begun = stretch;
        stretch = null;
        if (begun != null) {
            DeflatePool.await(begun);
        }
    }

    /** Waits for the stretch that was begun: after this nobody reads the file. */
    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            verification.close();
        }
    }
}
