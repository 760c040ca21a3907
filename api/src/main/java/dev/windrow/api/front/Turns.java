package dev.windrow.api.front;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of requests, which are fewer than there are threads: whatever requests do or wait for, some threads are
 * left for those that ask how the process is. Who finds none waits without a thread. Safe for use by many threads.
 */
final class Turns {
    /** The attribute of a request that was called up. */
    static final String MARK = "dev.windrow.api.front.turn";

    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_MILLIS = 10_000;
    private static final int RETRY_SECONDS = 1;

    private final int most;
    private final Refusals refusals;
    private final Deque<AsyncContext> waiting = new ArrayDeque<>();
    private int taken;

    /** @param threads of the server; a quarter of them is left alone */
    Turns(int threads, Refusals refusals) {
        this.most = Math.max(1, threads - Math.max(1, threads / 4));
        this.refusals = refusals;
    }

    /** Whether it is the request's turn at once. Whoever takes one gives it back. */
    boolean take() {
        synchronized (waiting) {
            boolean free = taken < most;
            taken += free ? 1 : 0;
            return free;
        }
    }

    /**
     * Ends a turn, and calls up who waits. Whoever is called up can't leave meanwhile: the container gives the objects
     * of a request that has left to the next one.
     */
    void giveBack() {
        synchronized (waiting) {
            AsyncContext next = waiting.poll();
            while (next != null && !callUp(next)) {
                next = waiting.poll();
            }
            taken -= next == null ? 1 : 0;
        }
    }

    /** Calls the request up when it is its turn: it is dispatched again, with the mark. */
    void await(AsyncContext async) {
        boolean full;
        synchronized (waiting) {
            boolean now = taken < most;
            taken += now ? 1 : 0;
            full = !now && waiting.size() >= MOST_WAITING;
            if (!now && !full) {
                async.setTimeout(MOST_MILLIS);
                async.addListener(new Impatience(async));
                waiting.add(async);
                return;
            }
        }
        if (full) {
            refuse(async);
        } else if (!callUp(async)) {
            giveBack();
        }
    }

    /** Whether the request is there to be called. */
    private static boolean callUp(AsyncContext async) {
        try {
            async.getRequest().setAttribute(MARK, true);
            async.dispatch();
            return true;
        } catch (IllegalStateException | UnsupportedOperationException e) {
            log.debug("a request is gone before its turn", e);
            return false;
        }
    }

    private void refuse(AsyncContext async) {
        try {
            refusals.answer(
                    async,
                    new ProblemException(ProblemType.UNAVAILABLE, "The service is busy.")
                            .withRetryAfter(RETRY_SECONDS));
        } catch (IOException | IllegalStateException e) {
            log.debug("a request is gone before it was refused", e);
        }
    }

    private void leave(AsyncContext async, boolean answer) {
        boolean waited;
        synchronized (waiting) {
            waited = waiting.remove(async);
        }
        if (waited && answer) {
            refuse(async);
        }
    }

    private final class Impatience implements AsyncListener {
        private final AsyncContext async;

        Impatience(AsyncContext async) {
            this.async = async;
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            leave(async, true);
        }

        @Override
        public void onError(AsyncEvent event) {
            leave(async, false);
        }

        /** Of a request that waits no longer. */
        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
