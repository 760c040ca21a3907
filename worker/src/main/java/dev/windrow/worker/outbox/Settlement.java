package dev.windrow.worker.outbox;

import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a message after a try: it is done, tried again by the schedule, or given up; the end has its row in
 * the audit. Safe for use by many threads.
 */
public final class Settlement {
    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final Outbox outbox;
    private final AuditLog audit;
    private final Transactions transactions;
    private final RetrySchedule schedule;
    private final Clock clock;
    private final Tally tally = new Tally();

    /** @param transactions of the database that outbox and audit are in */
    public Settlement(Outbox outbox, AuditLog audit, Transactions transactions, RetrySchedule schedule, Clock clock) {
        this.outbox = outbox;
        this.audit = audit;
        this.transactions = transactions;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** A try. */
    @FunctionalInterface
    interface Attempt {
        Outcome make() throws InterruptedException;
    }

    /** Makes the try, and keeps what came of it. */
    void settle(Message message, Attempt attempt) {
        Instant began = clock.instant();
        long nanos = System.nanoTime();
        Outcome outcome;
        try {
            outcome = attempt.make();
        } catch (InterruptedException e) {
            handBack(message);
            return;
        } catch (RuntimeException e) {
            // The border of a carrier: a defect of one must not have its message tried in a circle.
            log.error("message {} could not be carried", message.id(), e);
            outcome = Outcome.again("a defect of the service");
        }
        long millis = Duration.ofNanos(System.nanoTime() - nanos).toMillis();
        Try last = new Try(began, outcome.result(), outcome.reason(), millis);
        tally.add(message.target().kind(), outcome.result());
        keep(message, last);
    }

    /** Whoever was interrupted may not speak with the database before it knows that. */
    private void handBack(Message message) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = outbox.handBack(message);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void keep(Message message, Try last) {
        Optional<Duration> pause = last.result() == Try.Result.AGAIN
                ? schedule.after(message.standing().tries() + 1)
                : Optional.empty();
        if (pause.isPresent()) {
            boolean kept = outbox.again(message, last, clock.instant().plus(pause.get()));
            log.debug("message {} is tried again in {}: {} ({})", message.id(), pause.get(), last.reason(), kept);
            return;
        }
        boolean done = last.result() == Try.Result.DONE;
        Instant now = clock.instant();
        boolean ended = transactions.inOne(
                () -> {
                    boolean ours = done ? outbox.done(message, last, now) : outbox.giveUp(message, last, now);
                    if (ours) {
                        var unused = audit.append(event(message, now, done));
                    }
                    return ours;
                },
                Optional::empty);
        if (ended && !done) {
            log.warn(
                    "export {}: {} to {} was given up: {}",
                    message.about().export(),
                    message.event().type(),
                    message.target().shown(),
                    last.reason());
        }
    }

    private static Event event(Message message, Instant now, boolean done) {
        Subject subject =
                new Subject(message.about().export().toString(), message.about().dataset(), null);
        String to = message.target().kind().id() + ' ' + message.target().shown();
        return new Event(
                now,
                new Actor(message.about().owner(), null, null),
                Action.DELIVERY,
                subject,
                new Amount(to, null, null),
                done ? "done" : "given-up");
    }

    Tally tally() {
        return tally;
    }
}
