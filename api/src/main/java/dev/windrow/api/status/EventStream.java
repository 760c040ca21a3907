package dev.windrow.api.status;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a feed without blocking: a reader that is slow, stuck or gone holds no thread, and no memory beyond the event
 * that is on its way. Both the container's threads and the watch's call it; whoever comes first writes, and leaves
 * nothing undone for those who come meanwhile. So no lock is held while the container is called.
 */
final class EventStream implements Watch.Watcher {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Watch.Watched watched;
    private final EventFeed feed;
    private final BooleanSupplier holds;
    private final NonBlockingAnswer answer;
    private final AtomicInteger calls = new AtomicInteger();

    /** Belongs to the one that writes. */
    private boolean unflushed;

    /**
     * @param holds whether the credentials that the reader has shown still hold
     * @param whenOver run once, when nothing more is sent
     */
    EventStream(
            Watch.Watched watched,
            EventFeed feed,
            BooleanSupplier holds,
            HttpServletRequest request,
            Consumer<EventStream> whenOver)
            throws IOException {
        this.watched = watched;
        this.feed = feed;
        this.holds = holds;
        this.answer = new NonBlockingAnswer(request, () -> whenOver.accept(this));
    }

    /** Lets the container call. */
    void begin() {
        answer.begin(this::write);
    }

    @Override
    public Watch.Watched watched() {
        return watched;
    }

    /**
     * At a shutdown, and when the reader's credentials end, the stream ends without an event that says so, and the
     * reader comes back.
     */
    @Override
    public void see(Optional<Snapshot> now, boolean last) {
        if (!holds.getAsBoolean()) {
            close();
            return;
        }
        feed.put(now);
        write();
        if (last) {
            close();
        }
    }

    /** What can't be read now may be read in the next turn; until then the stream is kept alive. */
    @Override
    public void fail(RuntimeException e, boolean last) {
        write();
        if (last || !holds.getAsBoolean()) {
            close();
        }
    }

    private void write() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = calls.get();
            try {
                writeWhatMayBe();
            } catch (IOException | RuntimeException e) {
                // The reader is gone, and with it the answer: what the container throws of an answer that is over has
                // no bounds.
                log.debug("stream of events for {} cut short", watched.id(), e);
                close();
            }
        } while (calls.addAndGet(-seen) > 0);
    }

    private void writeWhatMayBe() throws IOException {
        while (answer.takesMore()) {
            if (unflushed) {
                unflushed = false;
                answer.flush();
            } else if (feed.isOver()) {
                close();
            } else {
                byte[] next = feed.next();
                if (next == null) {
                    return;
                }
                unflushed = true;
                answer.write(next, 0, next.length);
            }
        }
    }

    boolean isOver() {
        return answer.isOver();
    }

    void close() {
        answer.end();
    }
}
