package dev.windrow.api.archive;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer for which a store on the network is asked first. No thread of the container waits for that.
 *
 * @param <T> what the store is asked for
 */
final class FarAnswer<T extends Closeable> {
    private static final Logger log = LoggerFactory.getLogger(FarAnswer.class);

    private final Outlet outlet;
    private final HttpServletResponse response;
    private final Next<T> next;

    /** What to do with what was found: it is closed by that, whatever comes. */
    @FunctionalInterface
    interface Next<T> {
        void with(T found) throws IOException;
    }

    private FarAnswer(Outlet outlet, HttpServletResponse response, Next<T> next) {
        this.outlet = outlet;
        this.response = response;
        this.next = next;
    }

    /**
     * Asks; returns at once.
     *
     * @param question asked when the request has left its thread
     * @param next run by a thread of the container; what it throws is answered, and what it leaves unanswered is ended
     */
    static <T extends Closeable> void after(
            Supplier<CompletableFuture<T>> question,
            Next<T> next,
            Outlet outlet,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FarAnswer<T> far = new FarAnswer<>(outlet, response, next);
        NonBlockingAnswer unused = NonBlockingAnswer.early(request, answer -> far.ask(answer, question));
    }

    private void ask(NonBlockingAnswer answer, Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> unused = question.get().whenComplete((found, fault) -> wake(answer, found, fault));
    }

    private void wake(NonBlockingAnswer answer, @Nullable T found, @Nullable Throwable fault) {
        try {
            answer.later(() -> goOn(answer, found, fault));
        } catch (RuntimeException e) {
            log.debug("a reader is gone before its answer", e);
            answer.end();
            close(found);
        }
    }

    /** A border: there is nobody above who would answer. */
    private void goOn(NonBlockingAnswer answer, @Nullable T found, @Nullable Throwable fault) {
        try {
            if (answer.isOver()) {
                close(found);
            } else if (found == null) {
                refuse(answer, fault == null ? new IllegalStateException("nothing was found") : fault);
            } else {
                next.with(found);
            }
        } catch (IOException | RuntimeException e) {
            refuse(answer, e);
        } finally {
            if (!answer.isTaken()) {
                answer.end();
            }
        }
    }

    private void refuse(NonBlockingAnswer answer, Throwable fault) {
        try {
            if (answer.takesMore()) {
                outlet.refuse(response, fault);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("a reader is gone before it was refused", e);
        }
    }

    private static <T extends Closeable> void close(@Nullable T found) {
        try {
            if (found != null) {
                found.close();
            }
        } catch (IOException e) {
            log.debug("an archive that nobody reads can't be closed", e);
        }
    }
}
