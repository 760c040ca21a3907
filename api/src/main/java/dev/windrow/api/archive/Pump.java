package dev.windrow.api.archive;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies to a reader without blocking: a thread of the container is used only while the reader takes something, and after a megabyte
 * it goes to the end of the queue. So neither slow readers nor fast ones take the threads that other requests need, and a reader costs
 * one chunk of memory.
 */
final class Pump implements WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(Pump.class);
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS_A_TURN = 16;

    private final InputStream source;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final long length;
    private final LongConsumer whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long sent;

    private Pump(InputStream source, long length, AsyncContext async, LongConsumer whenOver) throws IOException {
        this.source = source;
        this.length = length;
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.whenOver = whenOver;
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
        AsyncContext async = request.startAsync();
        // A download takes as long as it takes. The container drops readers that take nothing.
        async.setTimeout(0);
        Pump pump = new Pump(source, length, async, whenOver);
        async.addListener(pump);
        pump.out.setWriteListener(pump);
    }

    /** A border: what the container throws of an answer that is over has no bounds. */
    @Override
    public void onWritePossible() {
        try {
            copy();
        } catch (IOException | RuntimeException e) {
            log.debug("download cut short", e);
            close();
        }
    }

    private void copy() throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (int i = 0; !over.get() && out.isReady(); i++) {
            // One thread at a time writes it; others read it.
            long before = sent;
            if (before == length) {
                close();
            } else if (i == CHUNKS_A_TURN) {
                async.start(this::onWritePossible);
                return;
            } else {
                int read = source.readNBytes(chunk, 0, (int) Math.min(chunk.length, length - before));
                if (read == 0) {
                    log.error("a file ends {} bytes early", length - before);
                    close();
                    return;
                }
                out.write(chunk, 0, read);
                sent = before + read;
            }
        }
    }

    private void close() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            source.close();
        } catch (IOException e) {
            log.warn("a file that was sent can't be closed", e);
        }
        whenOver.accept(sent);
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
        }
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
