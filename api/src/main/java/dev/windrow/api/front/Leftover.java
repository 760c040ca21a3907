package dev.windrow.api.front;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The rest of a body that was refused: read without a thread and thrown away, a little of it and not for long. */
final class Leftover implements ReadListener, AsyncListener {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_MILLIS = 1_000;
    private static final int PIECE = 8 * 1024;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final AtomicBoolean over = new AtomicBoolean();
    private int read;

    private Leftover(AsyncContext async, ServletInputStream in) {
        this.async = async;
        this.in = in;
    }

    /** Ends the request, whose answer is sent already, a moment later. */
    static void discard(HttpServletRequest request) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(MOST_MILLIS);
        Leftover leftover = new Leftover(async, request.getInputStream());
        async.addListener(leftover);
        leftover.in.setReadListener(leftover);
    }

    @Override
    public void onDataAvailable() {
        byte[] piece = new byte[PIECE];
        try {
            while (!over.get() && in.isReady()) {
                int some = in.read(piece);
                read += Math.max(0, some);
                if (some < 0 || read > MOST_BYTES) {
                    end();
                }
            }
        } catch (IOException e) {
            // Its sender is gone, or sends nonsense.
            end();
        }
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable t) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void end() {
        if (over.compareAndSet(false, true)) {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // The container has ended it already.
            }
        }
    }
}
