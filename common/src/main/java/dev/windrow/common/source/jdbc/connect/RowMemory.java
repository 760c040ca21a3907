package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.SourceException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the rows that all readers of a process hold share its heap. A row takes several times its length while it is read
 * and encoded, nobody knows how long the next one is, and a heap that is full ends the process. So a reader has a
 * little for itself, within which its database refuses what is longer, and rows that are longer are read by one reader
 * at a time. Safe for use by many threads.
 */
public final class RowMemory {
    /** SQLite's own limit, and less than what drivers take for a number of bytes. */
    static final long MOST = 1_000_000_000;

    /** What everything but rows takes. */
    private static final long OTHERS = 40 << 20;

    /**
     * How many times its length a row takes: the driver's bytes, a text of two bytes a character and the longer array
     * that JDK 17 decodes it in, what is encoded of it in an array that grows, and a block with what is deflated of it.
     */
    private static final int COPIES = 9;

    /** The least that one row may have, in the smallest heap. */
    private static final long LEAST = 1 << 20;

    private static final int SHARE_OF_A_FETCH = 64;
    private static final int SHARE_OF_A_ROW = 256;

    /** However many columns share a row: less than this would have usual values read again. */
    private static final long LEAST_VALUE = 16 << 10;

    private static final int FEWER = 8;
    private static final int KNOWN = 1_000;
    private static final int LOOK_MILLIS = 200;

    private final long heap;
    private final Semaphore alone = new Semaphore(1, true);
    private final Set<Place> withLongRows = new LinkedHashSet<>();

    private record Place(Source source, @Nullable String query) {}

    /**
     * How the rows of a leg are read.
     *
     * @param atATime how many a driver may be asked for at most
     * @param alone whether no other reader has such rows meanwhile
     */
    public record Rows(int atATime, boolean alone) {
        /** As many at a time as their widths allow. */
        public static final Rows USUAL = new Rows(Integer.MAX_VALUE, false);

        /** One at a time in the whole process. */
        public static final Rows HUGE = new Rows(1, true);

        /**
         * What is tried where these did not fit.
         *
         * @param asked how many were asked for at a time
         */
        public Rows longer(int asked) {
            int fewer = Math.min(asked, atATime) / FEWER;
            return fewer == 0 ? HUGE : new Rows(fewer, false);
        }

        /** What the next leg begins with after one that came to its end so: what was long may have been one row. */
        public Rows shorter() {
            return new Rows(atATime > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : atATime * 2, false);
        }
    }

    /** @param heap the most bytes that the heap may have */
    public RowMemory(long heap) {
        this.heap = heap;
    }

    /** Of this process's heap. */
    static RowMemory ofThisProcess() {
        return new RowMemory(Runtime.getRuntime().maxMemory());
    }

    /** The most bytes of a row that is read at all, as its database sends it. */
    public long most() {
        return Math.min(MOST, Math.max(LEAST, (heap - OTHERS) / COPIES));
    }

    /** The most bytes that a driver may be sent at a time, of rows that are read so. */
    long mostOfAFetch(Rows rows) {
        return rows.alone ? most() : Math.min(most(), heap / SHARE_OF_A_FETCH);
    }

    /**
     * The most bytes of one value, of rows that are read so.
     *
     * @param columns how many of a row's columns may be long
     */
    long mostOfAValue(Rows rows, int columns) {
        long share = Math.max(LEAST_VALUE, heap / SHARE_OF_A_ROW / Math.max(1, columns));
        return rows.alone ? most() : Math.min(most(), share);
    }

    /**
     * How rows are read by whoever can't go on in the middle: another may have left here that they are long.
     *
     * @param query the rows of one file; null for all files in a snapshot
     */
    public synchronized Rows expected(Source source, @Nullable String query) {
        return withLongRows.contains(new Place(source, query)) ? Rows.HUGE : Rows.USUAL;
    }

    /** Has the next reader of the same begin with huge rows. */
    public synchronized void expectHuge(Source source, @Nullable String query) {
        withLongRows.add(new Place(source, query));
        if (withLongRows.size() > KNOWN) {
            withLongRows.remove(withLongRows.iterator().next());
        }
    }

    /**
     * Waits until such rows may be read. The caller closes what it gets once it holds none of them.
     *
     * @throws SourceException when it was cancelled meanwhile
     */
    public Turn turn(Rows rows, Cancellation cancellation) throws SourceException {
        Turn turn = new Turn(rows.alone, cancellation);
        turn.take();
        return turn;
    }

    /** The right of one reader to hold a row. Belongs to one thread at a time. */
    public final class Turn implements AutoCloseable {
        private final boolean needed;
        private final Cancellation cancellation;
        private boolean held;

        private Turn(boolean needed, Cancellation cancellation) {
            this.needed = needed;
            this.cancellation = cancellation;
        }

        /** Lets others have their turn who wait for it; the caller holds no row right now. */
        public void pass() throws SourceException {
            if (held && alone.hasQueuedThreads()) {
                close();
                take();
            }
        }

        /** An interrupt does not end the wait: it stays set, for the caller to find between blocks. */
        private void take() throws SourceException {
            boolean interrupted = false;
            try {
                while (needed && !held) {
                    cancellation.check();
                    try {
                        held = alone.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                alone.release();
            }
        }
    }
}
