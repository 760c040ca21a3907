package dev.windrow.api.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An answer that is written without blocking, by threads of the container and only while its reader takes something. It
 * takes as long as it takes; the container drops readers that take nothing. Whoever ends it first ends it, so any
 * thread may; one at a time writes.
 *
 * <p>The container gives the objects behind a request to the next one as soon as its listeners have heard of the end
 * (Servlet 6.1, section 2.3.3.4, leaves it to the application not to touch them from then on). So each call of another
 * thread into them has a {@link #turn}, and the listeners return only when nobody has it: else a thread that still
 * writes to a reader who is gone would end the answer of a stranger.
 */
public final class NonBlockingAnswer {
    /** The attribute of a request that is a {@link Runnable} which ends its connection at once, or nothing. */
    public static final String CUT = "dev.windrow.api.http.cut";

    private static final String BEGUN = "dev.windrow.api.http.begun";
    private static final Runnable NOTHING = () -> {};

    private final HttpServletRequest request;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final AtomicReference<Runnable> whenOver;
    private final AtomicBoolean begun = new AtomicBoolean();
    /** Had by whoever calls the container. Nothing else that {@link #whenOver} needs is locked around it. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile Runnable write = NOTHING;
    private volatile boolean isTaken;
    private volatile boolean isOver;

    /** @param whenOver run once, when nothing more is written, whatever the reason */
    public NonBlockingAnswer(HttpServletRequest request, Runnable whenOver) throws IOException {
        this.request = request;
        this.async = request.startAsync();
        this.async.setTimeout(0);
        this.out = async.getResponse().getOutputStream();
        this.whenOver = new AtomicReference<>(whenOver);
    }

    /**
     * Begins an answer before it is known what it says; {@link #to} is that answer then.
     *
     * @param first called once by the container, when its thread has left the request
     */
    public static NonBlockingAnswer early(HttpServletRequest request, Consumer<NonBlockingAnswer> first)
            throws IOException {
        NonBlockingAnswer answer = new NonBlockingAnswer(request, NOTHING);
        request.setAttribute(BEGUN, answer);
        answer.begin(() -> first.accept(answer));
        return answer;
    }

    /** The answer that was begun early, if there is one and nobody has taken it, or a new one. */
    public static NonBlockingAnswer to(HttpServletRequest request, Runnable whenOver) throws IOException {
        if (!(request.getAttribute(BEGUN) instanceof NonBlockingAnswer begun)) {
            return new NonBlockingAnswer(request, whenOver);
        }
        begun.isTaken = true;
        begun.whenOver.set(whenOver);
        if (begun.isOver()) {
            begun.tellOver();
        }
        return begun;
    }

    /** Whether somebody writes what was begun early. */
    public boolean isTaken() {
        return isTaken;
    }

    /** @param write called whenever the answer takes more, from now on */
    public void begin(Runnable write) {
        this.write = write;
        if (begun.compareAndSet(false, true)) {
            Calls calls = new Calls();
            async.addListener(calls);
            out.setWriteListener(calls);
        } else {
            write.run();
        }
    }

    /** Whether a piece may be written now. If not, the container calls when it may. */
    public boolean takesMore() {
        turn.lock();
        try {
            return !isOver && out.isReady();
        } finally {
            turn.unlock();
        }
    }

    /** Writes a piece, after {@link #takesMore} said that it may be; nothing of an answer that has ended since. */
    public void write(byte[] from, int offset, int length) throws IOException {
        turn.lock();
        try {
            if (!isOver) {
                out.write(from, offset, length);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Sends what was written, after {@link #takesMore} said that something may be. */
    public void flush() throws IOException {
        turn.lock();
        try {
            if (!isOver) {
                out.flush();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Has a thread of the container do that, when the others have had theirs. */
    public void later(Runnable task) {
        async.start(task);
    }

    public boolean isOver() {
        return isOver;
    }

    /** Ends the answer, once. */
    public void end() {
        end(false);
    }

    /** Ends the answer and its connection, so that nobody takes what was sent for all of it. */
    public void cut() {
        end(true);
    }

    private void end(boolean cut) {
        turn.lock();
        try {
            if (!isOver) {
                isOver = true;
                tellOver();
                complete(cut);
            }
        } finally {
            turn.unlock();
        }
    }

    private void complete(boolean cut) {
        if (cut && request.getAttribute(CUT) instanceof Runnable close) {
            close.run();
        }
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
        }
    }

    private void tellOver() {
        whenOver.getAndSet(NOTHING).run();
    }

    private final class Calls implements WriteListener, AsyncListener {
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
