package dev.windrow.common.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Something that was done. Immutable.
 *
 * @param at when, to the millisecond
 * @param action the word of an {@link Action}, perhaps one of another version
 * @param outcome a word or a few, such as {@code done} or {@code cut}
 */
public record Event(Instant at, Actor actor, String action, Subject subject, Amount amount, String outcome) {
    public Event(Instant at, Actor actor, Action action, Subject subject, Amount amount, String outcome) {
        this(at, actor, action.id(), subject, amount, outcome);
    }

    public Event {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(actor, "actor");
        action = Objects.requireNonNullElse(Texts.kept(action), "");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(amount, "amount");
        outcome = Objects.requireNonNullElse(Texts.kept(outcome), "");
    }
}
