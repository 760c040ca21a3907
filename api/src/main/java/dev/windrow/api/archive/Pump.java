package dev.windrow.api.archive;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
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

    private final InputStream source;
    private final long length;
    private final LongConsumer whenOver;
    private final NonBlockingAnswer answer;
    private volatile long sent;

    private Pump(InputStream source, long length, HttpServletRequest request, LongConsumer whenOver)
            throws IOException {
        this.source = source;
        this.length = length;
        this.whenOver = whenOver;
        this.answer = new NonBlockingAnswer(request, this::close);
    }

    /**
     * Begins to copy; returns at once.
     *
     * @param source is read by one thread at a time, and closed
     * @param length of the source, which is the answer's Content-Length
     * @param whenOver is told once how many bytes the container took
     */
    static void start(InputStream source, long length, HttpServletRequest request, LongConsumer whenOver)
            throws IOException {
        Pump pump = new Pump(source, length, request, whenOver);
        pump.answer.begin(pump::write);
    }

    /** A border: what the container throws of an answer that is over has no bounds. */
    private void write() {
        try {
            copy();
        } catch (IOException | RuntimeException e) {
            log.debug("download cut short", e);
            answer.end();
        }
    }

    private void copy() throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (int i = 0; answer.takesMore(); i++) {
            // One thread at a time writes it; others read it.
            long before = sent;
            if (before == length) {
                answer.end();
            } else if (i == CHUNKS_PER_TURN) {
                answer.later(this::write);
                return;
            } else {
                int read = source.readNBytes(chunk, 0, (int) Math.min(chunk.length, length - before));
                if (read == 0) {
                    log.error("a file ends {} bytes early", length - before);
                    answer.end();
                    return;
                }
                answer.write(chunk, 0, read);
                sent = before + read;
            }
        }
    }

    private void close() {
        try {
            source.close();
        } catch (IOException e) {
            log.warn("a file that was sent can't be closed", e);
        }
        whenOver.accept(sent);
    }
}
