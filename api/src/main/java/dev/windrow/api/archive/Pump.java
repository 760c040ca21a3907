package dev.windrow.api.archive;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies to a reader without blocking: a thread of the container is used only while the reader takes something, and
 * after a megabyte it goes to the end of the queue. So neither slow readers nor fast ones take the threads that other
 * requests need, and a reader costs one chunk of memory.
 */
final class Pump {
    private static final Logger log = LoggerFactory.getLogger(Pump.class);
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS_PER_TURN = 16;

    private final Source source;
    private final long length;
    private final Listener listener;
    private final NonBlockingAnswer answer;
    private volatile long sent;

    /** Where the bytes come from, a chunk at a time. Asked by one thread at a time. */
    interface Source extends Closeable {
        /**
         * @param spare which it may fill and give, if it is filled
         * @param whenHere run later, by any thread, if there are none yet
         * @return null if there are none yet; never empty
         * @throws IOException when there are no more
         */
        byte @Nullable [] next(byte[] spare, Runnable whenHere) throws IOException;

        /** Hears that the reader takes nothing for now. */
        default void slow() {}
    }

    /** What becomes of it. */
    interface Listener {
        /** Nothing was sent yet, and nothing can be: there is still time to say why. Run when the answer takes it. */
        void nothing(IOException fault) throws IOException;

        /** Told once, at the end, how many bytes the container took. */
        void over(long sent);
    }

    private Pump(Source source, long length, HttpServletRequest request, Listener listener) throws IOException {
        this.source = source;
        this.length = length;
        this.listener = listener;
        this.answer = NonBlockingAnswer.to(request, this::close);
    }

    /**
     * Begins to copy; returns soon.
     *
     * @param source is closed at the end
     * @param length of the source, which is the answer's Content-Length
     */
    static void start(Source source, long length, HttpServletRequest request, Listener listener) throws IOException {
        Pump pump = new Pump(source, length, request, listener);
        pump.answer.begin(pump::write);
    }

    /** A border: what the container throws of an answer that is over has no bounds. */
    private void write() {
        try {
            copy();
        } catch (IOException | RuntimeException e) {
            log.debug("download cut short", e);
            answer.cut();
        }
    }

    private void copy() throws IOException {
        byte[] spare = new byte[(int) Math.min(CHUNK, length)];
        for (int i = 0; takesMore(); i++) {
            // One thread at a time writes it; others read it.
            long before = sent;
            if (before == length) {
                answer.end();
            } else if (i == CHUNKS_PER_TURN) {
                answer.later(this::write);
                return;
            } else {
                byte[] chunk = next(spare);
                if (chunk == null) {
                    return;
                }
                answer.write(chunk, 0, chunk.length);
                sent = before + chunk.length;
            }
        }
    }

    private boolean takesMore() {
        boolean more = answer.takesMore();
        if (!more) {
            source.slow();
        }
        return more;
    }

    private byte @Nullable [] next(byte[] spare) throws IOException {
        try {
            return source.next(spare, this::wake);
        } catch (IOException e) {
            if (sent > 0) {
                log.warn("a download is cut {} bytes before its end: {}", length - sent, e.toString());
                throw e;
            }
            listener.nothing(e);
            answer.end();
            return null;
        }
    }

    /** What was waited for is here; the thread that brings it has more to do. */
    private void wake() {
        try {
            answer.later(this::write);
        } catch (RuntimeException e) {
            log.debug("a reader is gone", e);
            answer.end();
        }
    }

    private void close() {
        try {
            source.close();
        } catch (IOException e) {
            log.warn("a file that was sent can't be closed", e);
        }
        listener.over(sent);
    }
}
