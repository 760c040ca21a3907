package dev.windrow.api.archive.far;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that few threads read for many: one is at it only while there is room for what it brings. Each has room for
 * a chunk; more, up to half a megabyte, only while it is emptied faster than it is filled and others leave something of
 * what all share. So readers that are slow, however many, cost a chunk each, and fast ones do not wait for each chunk.
 * Any thread may call it, one at a time asks for the next.
 */
public final class ReadAhead implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(ReadAhead.class);
    private static final int CHUNK = 64 * 1024;
    private static final int MOST_CHUNKS = 8;
    /** After so many a thread goes to the next stream that waits. */
    private static final int CHUNKS_PER_TURN = 16;

    private final InputStream source;
    private final Executor threads;
    private final Semaphore extra;
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private long left;
    /** How many chunks it may have, if there is something of what all share. */
    private int room = 1;
    /** Chunks that are here, and the one that is being fetched. */
    private int held;

    private boolean isFetching;
    private boolean isClosed;
    private @Nullable IOException fault;
    private @Nullable Runnable waiting;

    /** @param extra chunks that all streams share */
    ReadAhead(InputStream source, long length, Executor threads, Semaphore extra) {
        this.source = source;
        this.left = length;
        this.threads = threads;
        this.extra = extra;
    }

    /**
     * The next bytes, of the length that was said and no more.
     *
     * @param whenHere run once, by a thread that is needed elsewhere, if they are not here yet
     * @return null if they are not; never empty
     * @throws IOException when there are no more, since reading the source failed
     */
    public byte @Nullable [] next(Runnable whenHere) throws IOException {
        byte[] chunk;
        boolean begin;
        synchronized (this) {
            chunk = ready.poll();
            if (chunk != null) {
                giveBack();
            } else if (fault != null) {
                throw new IOException(fault);
            } else {
                waiting = whenHere;
                room = Math.min(MOST_CHUNKS, room * 2);
            }
            begin = !isFetching && mayFetch();
            isFetching |= begin;
        }
        if (begin) {
            handOver();
        }
        return chunk;
    }

    /** Says that whoever takes the bytes takes none for now: it needs no more than a chunk ahead. */
    public synchronized void slow() {
        room = 1;
    }

    private boolean mayFetch() {
        if (isClosed || fault != null || left == 0 || held > 0 && (held >= room || !extra.tryAcquire())) {
            return false;
        }
        held++;
        return true;
    }

    private void giveBack() {
        held--;
        if (held > 0) {
            extra.release();
        }
    }

    private void handOver() {
        try {
            threads.execute(this::fetch);
        } catch (RejectedExecutionException e) {
            took(new byte[0], new IOException("the process ends", e));
        }
    }

    private void fetch() {
        for (int i = 0; i < CHUNKS_PER_TURN; i++) {
            byte[] chunk = new byte[(int) Math.min(CHUNK, toFetch())];
            if (!took(chunk, chunk.length == 0 ? null : read(chunk))) {
                return;
            }
        }
        handOver();
    }

    /** A border: streams of entries end in the words of other libraries. */
    private @Nullable IOException read(byte[] chunk) {
        try {
            int read = source.readNBytes(chunk, 0, chunk.length);
            return read == chunk.length ? null : new EOFException("it ends " + (chunk.length - read) + " bytes early");
        } catch (IOException e) {
            return e;
        } catch (RuntimeException e) {
            return new IOException(e);
        }
    }

    /** Nothing for one that is closed. */
    private synchronized long toFetch() {
        return isClosed ? 0 : left;
    }

    /** @return whether to go on fetching */
    private boolean took(byte[] chunk, @Nullable IOException failed) {
        Runnable wake;
        boolean goOn;
        boolean close;
        synchronized (this) {
            close = isClosed;
            if (isClosed || failed != null) {
                giveBack();
                fault = failed;
            } else {
                ready.add(chunk);
                left -= chunk.length;
            }
            goOn = mayFetch();
            isFetching = goOn;
            wake = waiting;
            waiting = null;
        }
        if (close) {
            closeSource();
        } else if (wake != null) {
            wake.run();
        }
        return goOn;
    }

    /** The source is closed now, or as soon as the thread that reads it comes back from it. */
    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            waiting = null;
            while (ready.poll() != null) {
                giveBack();
            }
            if (isFetching) {
                return;
            }
        }
        closeSource();
    }

    private void closeSource() {
        try {
            source.close();
        } catch (IOException e) {
            log.warn("an archive that was sent can't be closed", e);
        }
    }
}
