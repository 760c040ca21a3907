package dev.windrow.api.status;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a feed without blocking: a reader that is slow, stuck or gone holds no thread, and no memory beyond the event that is on its
 * way. Both the container's threads and the watch's call it; whoever comes first writes, and leaves nothing undone for those who come
 * meanwhile. So no lock is held while the container is called.
 */
final class EventStream implements Watch.Watcher, WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Watch.Watched watched;
    private final EventFeed feed;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<EventStream> whenOver;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Belongs to the one that writes. */
    private boolean unflushed;

    /** @param whenOver run once, when nothing more is sent */
    EventStream(Watch.Watched watched, EventFeed feed, AsyncContext async, Consumer<EventStream> whenOver)
            throws IOException {
        this.watched = watched;
        this.feed = feed;
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.whenOver = whenOver;
    }

    /** Lets the container call. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public Watch.Watched watched() {
        return watched;
    }

    /** At a shutdown the stream ends without an event that says so, and the reader comes back. */
    @Override
    public void see(Optional<Snapshot> now, boolean last) {
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
        if (last) {
            close();
        }
    }

    @Override
    public void onWritePossible() {
        write();
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
        while (!over.get() && out.isReady()) {
            if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (feed.isOver()) {
                close();
            } else {
                byte[] next = feed.next();
                if (next == null) {
                    return;
                }
                unflushed = true;
                out.write(next);
            }
        }
    }

    boolean isOver() {
        return over.get();
    }

    void close() {
        if (over.compareAndSet(false, true)) {
            whenOver.accept(this);
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // The container has ended it already.
            }
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
