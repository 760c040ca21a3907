package dev.windrow.api.front;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one body as it comes, without a thread that waits for it, and ends within a time that does not grow with what
 * is sent. Then the request goes on, or is refused. One thread at a time reads; others may end it.
 */
final class BodyReader implements Bodies.Reader, ReadListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(BodyReader.class);
    private static final int PIECE = 4 * 1024;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final Bodies bodies;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream(PIECE);
    private final AtomicBoolean over = new AtomicBoolean();
    /** Had by whoever refuses: the container gives the objects of a request whose end it has told to the next one. */
    private final ReentrantLock turn = new ReentrantLock();

    private BodyReader(AsyncContext async, ServletInputStream in, Bodies bodies) {
        this.async = async;
        this.in = in;
        this.bodies = bodies;
    }

    /** Begins to read. The request's thread is free then. */
    static void read(HttpServletRequest request, Bodies bodies) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(Bodies.MOST_MILLIS);
        BodyReader reader = new BodyReader(async, request.getInputStream(), bodies);
        async.addListener(reader);
        bodies.add(reader);
        if (request.getAttribute(BodyValve.ASK) instanceof Runnable ask) {
            ask.run();
        }
        reader.in.setReadListener(reader);
    }

    /**
     * What is wrong with the body the container tells once more, to {@link #onError(Throwable)}, when an answer can be
     * written.
     */
    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!over.get() && in.isReady()) {
            int some = in.read(piece);
            if (some < 0) {
                return;
            }
            if (taken.size() + some > Bodies.MOST_BYTES) {
                refuse(Bodies.tooLarge());
                return;
            }
            taken.write(piece, 0, some);
            bodies.grow(this, some);
        }
    }

    @Override
    public void onAllDataRead() {
        if (end()) {
            bodies.goOn(async, taken.toByteArray());
        }
    }

    @Override
    public void onError(Throwable t) {
        refuse(
                t instanceof SocketTimeoutException
                        ? tooSlow()
                        : new ProblemException(ProblemType.MALFORMED_REQUEST, "The body broke off."));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(tooSlow());
    }

    @Override
    public void onError(AsyncEvent event) {
        turn.lock();
        try {
            end();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    @Override
    public void giveWay() {
        refuse(tooSlow());
    }

    private static ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.REQUEST_TIMEOUT,
                "The body did not come within " + Bodies.MOST_MILLIS / 1000 + " seconds, or others needed its place.");
    }

    private void refuse(ProblemException problem) {
        turn.lock();
        try {
            if (end()) {
                bodies.refuse(async, problem);
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("a request is gone before it was refused", e);
        } finally {
            turn.unlock();
        }
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            bodies.remove(this);
        }
        return first;
    }
}
