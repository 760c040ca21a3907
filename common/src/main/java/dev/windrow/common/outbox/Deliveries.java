package dev.windrow.common.outbox;

import dev.windrow.common.export.ExportId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages, for callers: who asked to be told, who was, and what came of it. Whoever asks has found the export to
 * be the caller's. Safe for use by many threads and processes. All calls block for a few short statements; where the
 * database can't be reached they throw what the ports of {@code common.export} throw.
 */
public interface Deliveries {
    /** The most tries that are shown of a message, and kept. */
    int MOST_TRIES = 50;

    /** Keeps with an export whom its start asked to be told; part of the transaction that stores the start. */
    void ask(ExportId export, List<Target> targets);

    /**
     * An export's messages, newest first.
     *
     * @param after where the page before ended; null for the first
     */
    List<Delivery> of(ExportId export, @Nullable Place after, int limit);

    /**
     * Everybody's messages of a state that somebody may have to look after, those that were written last first. Of
     * those that were given up not those of deleted exports.
     *
     * @param state {@link Message.State#WAITING} or {@link Message.State#GIVEN_UP}
     * @param after where the page before ended; null for the first
     */
    List<Delivery> all(Message.State state, @Nullable Place after, int limit);

    /** How many messages wait, and how many were given up. */
    Counts counts();

    /** One of an export's messages; empty where it has none of that id. */
    Optional<Delivery> find(ExportId export, String message);

    /**
     * Has an ended message carried again, at once and with all its tries, under its old id; part of the transaction
     * that the calling thread is in.
     *
     * @return false: it waits, or is gone
     */
    boolean replay(Message ended, Instant now);

    /**
     * A message and what was tried.
     *
     * @param tries the last of them, oldest first
     */
    record Delivery(Message message, List<Try> tries) {
        public Delivery {
            Objects.requireNonNull(message, "message");
            tries = List.copyOf(tries);
        }
    }

    /**
     * Of everybody's messages, as {@link #all} lists them.
     *
     * @param oldestDue since when the waiting one has been due that has been due for the longest, or when the next one
     *     will be; null where none waits
     */
    record Counts(long waiting, @Nullable Instant oldestDue, long givenUp) {}

    /**
     * A message's place in a list.
     *
     * @param number of the messages of an export, the sequence; of everybody's, when it was written, in epoch
     *     milliseconds
     */
    record Place(long number, String id) {
        public Place {
            Objects.requireNonNull(id, "id");
        }
    }
}
