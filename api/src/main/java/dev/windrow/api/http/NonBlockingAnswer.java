package dev.windrow.api.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer that is written without blocking, by threads of the container and only while its reader takes something. It
 * takes as long as it takes; the container drops readers that take nothing. Whoever ends it first ends it, so any
 * thread may; one at a time writes.
 */
public final class NonBlockingAnswer {
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param whenOver run once, when nothing more is written, whatever the reason */
    public NonBlockingAnswer(HttpServletRequest request, Runnable whenOver) throws IOException {
        this.async = request.startAsync();
        this.async.setTimeout(0);
        this.out = async.getResponse().getOutputStream();
        this.whenOver = whenOver;
    }

    /** @param write called by the container whenever the answer takes more, from now on */
    public void begin(Runnable write) {
        Calls calls = new Calls(write);
        async.addListener(calls);
        out.setWriteListener(calls);
    }

    /** Whether a piece may be written now. If not, the container calls when it may. */
    public boolean takesMore() {
        return !over.get() && out.isReady();
    }

    /** Writes a piece, after {@link #takesMore} said that it may be. */
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
    }

    /** Sends what was written, after {@link #takesMore} said that something may be. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Has a thread of the container do that, when the others have had theirs. */
    public void later(Runnable task) {
        async.start(task);
    }

    public boolean isOver() {
        return over.get();
    }

    /** Ends the answer, once. */
    public void end() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        whenOver.run();
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
        }
    }

    private final class Calls implements WriteListener, AsyncListener {
        private final Runnable write;

        Calls(Runnable write) {
            this.write = write;
        }

        @Override
        public void onWritePossible() {
            write.run();
        }

        @Override
        public void onError(Throwable t) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
