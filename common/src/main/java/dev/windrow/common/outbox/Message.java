package dev.windrow.common.outbox;

import dev.windrow.common.export.ExportId;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is told to one target, as it was when it happened.
 *
 * @param id the same over all tries and replays, so that whoever gets it twice can tell; {@code msg_} and 32 characters
 *     of hex
 */
public record Message(String id, About about, Target target, Event event, Standing standing) {
    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(standing, "standing");
    }

    /**
     * Of which export; it may have been deleted since.
     *
     * @param owner the name of the caller whose it is
     */
    public record About(ExportId export, String owner, String dataset) {
        public About {
            Objects.requireNonNull(export, "export");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(dataset, "dataset");
        }
    }

    /**
     * What happened.
     *
     * @param type such as {@code export.completed}
     * @param sequence grows with what happens to one export: a later message to the same target waits for the earlier
     * @param payload a JSON object without rows and parameters, under 20 kB: {@code type}, {@code timestamp},
     *     {@code data}
     */
    public record Event(String type, long sequence, String payload) {
        public static final String COMPLETED = "export.completed";
        public static final String FAILED = "export.failed";
        public static final String CANCELLED = "export.cancelled";
        public static final String EXPIRED = "export.expired";
        /** A message to another target was given up. */
        public static final String DELIVERY_FAILED = "delivery.failed";

        public Event {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /**
     * How far it is.
     *
     * @param due not carried earlier
     * @param tries since it was written, or last replayed; the one that is under way is not counted
     * @param claim the number of the last claim on it: the fence
     * @param ended null while it waits
     */
    public record Standing(
            State state,
            Instant created,
            Instant due,
            int tries,
            long claim,
            @Nullable Instant ended) {
        public Standing {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(due, "due");
        }
    }

    /** The states of a message. The ids are stored and part of the HTTP API. */
    public enum State {
        /** To be carried, or being carried. */
        WAITING,
        /** It arrived. */
        DONE,
        /** It will not be tried again, unless it is replayed. */
        GIVEN_UP;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException for an unknown id */
        public static State of(String id) {
            return valueOf(id.replace('-', '_').toUpperCase(Locale.ROOT));
        }
    }
}
