package dev.windrow.common.outbox;

import dev.windrow.common.outbox.Message.About;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that nobody was told of yet, as the export was then.
 *
 * @param id the same for the same end of an export
 * @param tell whom its start asked to be told
 * @param failed of {@link Message.Event#DELIVERY_FAILED}: what was given up; else null
 */
public record Note(
        String id,
        About about,
        Happening happening,
        Figures figures,
        @Nullable Cause cause,
        List<Target> tell,
        @Nullable FailedDelivery failed) {
    public Note {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(happening, "happening");
        Objects.requireNonNull(figures, "figures");
        tell = List.copyOf(tell);
    }

    /**
     * What happened, and when.
     *
     * @param type of {@link Message.Event}
     * @param sequence as a message has it
     * @param state the export's, as the HTTP API names it
     */
    public record Happening(String type, long sequence, Instant at, String state) {
        public Happening {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * What there is of it.
     *
     * @param rows that were written
     * @param bytes of the archive
     * @param sha256 of the archive, in hex; null where there is none, or the export was changed or deleted meanwhile
     */
    public record Figures(
            long rows,
            long bytes,
            String fileName,
            @Nullable String sha256) {
        public Figures {
            Objects.requireNonNull(fileName, "fileName");
        }
    }

    /**
     * Why it failed.
     *
     * @param code the id of a failure code
     * @param detail for its owner
     */
    public record Cause(String code, @Nullable String detail) {
        public Cause {
            Objects.requireNonNull(code, "code");
        }
    }

    /**
     * A message that was given up.
     *
     * @param kind the id of a kind
     * @param reason of the last try; null where it had none
     */
    public record FailedDelivery(
            String message,
            String kind,
            String target,
            @Nullable String reason) {
        public FailedDelivery {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(target, "target");
        }
    }
}
