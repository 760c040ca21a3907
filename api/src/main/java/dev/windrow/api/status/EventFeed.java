package dev.windrow.api.status;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one reader of events is to be sent, as server-sent events have it (WHATWG HTML, section 9.2). Holds the latest
 * state alone: one that was never sent gives way to the next. States may be put by any thread; the rest belongs to one
 * at a time.
 */
final class EventFeed {
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] deleted;
    private final LongSupplier nanos;
    private volatile Optional<Snapshot> now;
    private @Nullable String sentTag;
    private long id;
    private long sentAt;
    private long commentedAt;
    private boolean over;

    /**
     * @param arrival what is sent first
     * @param deleted what is sent last when the export is deleted
     * @param lastId of the event that the reader saw last, on another stream; ids go on from there
     * @param nanos as {@link System#nanoTime}
     */
    EventFeed(Snapshot arrival, byte[] deleted, long lastId, LongSupplier nanos) {
        this.now = Optional.of(arrival);
        this.deleted = deleted;
        this.id = lastId;
        this.nanos = nanos;
        this.sentAt = nanos.getAsLong();
        this.commentedAt = sentAt;
    }

    /** @param state empty when the export is deleted */
    void put(Optional<Snapshot> state) {
        now = state;
    }

    /** The bytes to send next; null when there are none at the moment. */
    byte @Nullable [] next() {
        if (over) {
            return null;
        }
        Optional<Snapshot> state = now;
        if (state.isEmpty() || !state.get().isActive()) {
            over = true;
            return event("end", state.map(Snapshot::body).orElse(deleted));
        }
        long at = nanos.getAsLong();
        boolean isNews = !state.get().tag().equals(sentTag);
        if (isNews && (sentTag == null || at - sentAt >= LEAST_NANOS)) {
            sentTag = state.get().tag();
            return event("progress", state.get().body());
        }
        // Also beside events, so that a reader can count on it.
        if (at - commentedAt >= KEEP_ALIVE_NANOS) {
            commentedAt = at;
            return COMMENT;
        }
        return null;
    }

    /** Whether the last event was given out. */
    boolean isOver() {
        return over;
    }

    private byte[] event(String type, byte[] data) {
        id++;
        sentAt = nanos.getAsLong();
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(("event: " + type + "\nid: " + id + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(data);
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }
}
