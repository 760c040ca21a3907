package dev.windrow.common.outbox;

import dev.windrow.common.export.ExportId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The messages, for whoever carries them. An end of an export notes itself in the change that it is; each note is made
 * into messages, which are claimed, carried, and ended. A claim holds for as long as its lease, by the database's
 * clock; every change under it names its number, so that whoever lost it changes nothing. Safe for use by many threads
 * and processes. All calls block for a few short statements; where the database can't be reached they throw what the
 * ports of {@code common.export} throw.
 */
public interface Outbox {
    /** The most messages that wait for one target; what comes on top is given up at once. */
    int MOST_WAITING = 10_000;

    /** Notes that no messages were made of, an export's in their order, at most {@code limit}. */
    List<Note> notes(int limit);

    /**
     * Removes a note and writes its messages, which are due at once, as one change.
     *
     * @param messages none where nobody is to be told
     * @return false: somebody else has done so, or an earlier note of the export is still there
     */
    boolean address(Note note, List<Draft> messages, Instant now);

    /**
     * Targets of those kinds that messages wait for which are due and which nobody carries; those whose message has
     * waited longest come first, but URLs after all others. Some of them may have to wait for an earlier one.
     */
    List<Target> due(Set<Target.Kind> kinds, Instant now, int limit);

    /**
     * Claims the message of that target that has been due for longest and need not wait for an earlier one.
     *
     * @param leaseUntil nobody else carries it before then
     * @return empty when there is none
     */
    Optional<Message> claim(Target target, Instant now, Instant leaseUntil);

    /** Moves the end of a claim's lease. False: the claim is lost. */
    boolean keep(Message claimed, Instant leaseUntil);

    /** {@code waiting → done}. False: the claim was lost, and somebody else says what comes of the message. */
    boolean done(Message claimed, Try last, Instant now);

    /** Has it tried again, not before that time. False as for {@link #done}. */
    boolean again(Message claimed, Try last, Instant notBefore);

    /**
     * {@code waiting → given-up}, and notes that, unless it told of such a thing itself or its export was deleted.
     * False as for {@link #done}.
     */
    boolean giveUp(Message claimed, Try last, Instant now);

    /** Gives a claim back without a try. False as for {@link #done}. */
    boolean handBack(Message claimed);

    /** Exports of which a message to that target was given up, the newest first, at most {@code limit}. */
    List<ExportId> givenUp(Target target, int limit);

    /** Exports of which a message to that target that was made since then has arrived, the newest first. */
    List<ExportId> doneSince(Target target, Instant since, int limit);

    /**
     * Forgets messages of exports that were deleted, at most {@code limit}: those that have ended, and those that were
     * due before {@code overdue}, such as mails where no mail server is set any more. Gives their number.
     */
    int forget(Instant overdue, int limit);

    /**
     * A message that is to be written about a note.
     *
     * @param id the same whoever makes it of this note for this target
     * @param payload as {@link Message.Event} has it
     */
    record Draft(String id, Target target, String payload) {
        public Draft {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(payload, "payload");
        }
    }
}
