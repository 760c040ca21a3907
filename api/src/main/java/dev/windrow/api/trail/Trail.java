package dev.windrow.api.trail;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.transaction.Transactions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit. A change and its row are one transaction: neither is there without the other. What can't be undone,
 * as bytes that were sent, has its row a moment later. Safe for use by many threads.
 */
public final class Trail {
    private static final String BY_LINK = Trail.class.getName() + ".link";
    private static final String REFUSED = Trail.class.getName() + ".refused";
    private static final String ANSWERED = Trail.class.getName() + ".answered";
    private static final String DONE = "done";

    private final AuditLog log;
    private final Transactions transactions;
    private final LateRows late;
    private final Clock clock;

    Trail(AuditLog log, Transactions transactions, LateRows late, Clock clock) {
        this.log = log;
        this.transactions = transactions;
        this.late = late;
        this.clock = clock;
    }

    /** Who is calling, and from where. */
    public static Actor actor(Caller caller, HttpServletRequest request) {
        String key = caller.credential().name();
        return new Actor(caller.name(), key.isEmpty() ? null : key, request.getRemoteAddr());
    }

    /** The same of a request whose caller was asked for, or who needs none. */
    public static Actor actor(HttpServletRequest request) {
        return CallerArgumentResolver.resolved(request)
                .map(caller -> actor(caller, request))
                .orElseGet(() -> new Actor(null, null, request.getRemoteAddr()));
    }

    /** Says that the request came by a signed link, so that what is sent to it is a use of that. */
    public static void byLink(HttpServletRequest request) {
        request.setAttribute(BY_LINK, true);
    }

    /** Whether {@link #byLink} was said. */
    public static boolean isByLink(HttpServletRequest request) {
        return request.getAttribute(BY_LINK) != null;
    }

    /**
     * Says what the caller has no right to, where the answer is that there is no such thing, from which nobody else can
     * tell it. Before the request is ended by that.
     */
    public static void refused(HttpServletRequest request, Subject subject) {
        request.setAttribute(REFUSED, subject);
    }

    /**
     * Says how a part of the request was answered that is answered well as a whole, so that a refusal in it is one.
     *
     * @param export that it was about; null for none
     */
    public static void answered(HttpServletRequest request, ProblemException problem, @Nullable ExportId export) {
        problem.tell(request);
        request.setAttribute(ANSWERED, new Part(problem.type().status(), export));
    }

    static Optional<Part> answered(HttpServletRequest request) {
        return Optional.ofNullable((Part) request.getAttribute(ANSWERED));
    }

    /** What {@link #answered} was told. */
    record Part(int status, @Nullable ExportId export) {}

    static Optional<Subject> refused(HttpServletRequest request) {
        return Optional.ofNullable((Subject) request.getAttribute(REFUSED));
    }

    /**
     * Makes a change and writes its row with it.
     *
     * @param change begins with a statement that writes, unless it has none; as for {@link Transactions#inOne}
     * @param export on which it was made, by what the change gave; empty where it was not made, which leaves no row
     * @throws dev.windrow.common.export.Exports.ExportsUnavailableException when either can't be written: then nothing
     *     has happened
     */
    public <T> T change(Actor actor, Action action, Supplier<T> change, Function<T, Optional<Export>> export) {
        return noted(
                change,
                result -> export.apply(result)
                        .map(changed -> event(actor, action, Subjects.of(changed), Amount.NONE, DONE)));
    }

    /**
     * The same of what is no export.
     *
     * @param note of what was changed; empty where nothing was
     */
    public <T> T changeOf(Actor actor, Action action, Supplier<T> change, Function<T, Optional<Note>> note) {
        return noted(
                change,
                result ->
                        note.apply(result).map(said -> event(actor, action, said.subject, said.amount, said.outcome)));
    }

    /** What a row says of a change. */
    public record Note(Subject subject, Amount amount, String outcome) {}

    private <T> T noted(Supplier<T> change, Function<T, Optional<Event>> event) {
        AtomicReference<@Nullable Try<T>> tried = new AtomicReference<>();
        return transactions.inOne(
                () -> {
                    T result = change.get();
                    event.apply(result).ifPresent(done -> tried.set(new Try<>(result, log.append(done))));
                    return result;
                },
                // The row is as durable as the change.
                () -> Optional.ofNullable(tried.get())
                        .filter(each -> log.holds(each.row))
                        .map(Try::result));
    }

    private record Try<T>(T result, AuditRow row) {}

    /**
     * Writes a row of what changes nothing in the database, as a link or a token that is made; before it is given out.
     *
     * @throws dev.windrow.common.export.Exports.ExportsUnavailableException when it can't be written
     */
    public void note(Actor actor, Action action, Subject subject, Amount amount) {
        AtomicReference<@Nullable AuditRow> tried = new AtomicReference<>();
        AuditRow unused = transactions.inOne(
                () -> {
                    AuditRow row = log.append(event(actor, action, subject, amount, DONE));
                    tried.set(row);
                    return row;
                },
                () -> Optional.ofNullable(tried.get()).filter(log::holds));
    }

    /** Has a row written soon, by another thread: waits for nothing, and never fails. */
    public void later(Actor actor, Action action, Subject subject, Amount amount, String outcome) {
        late.add(event(actor, action, subject, amount, outcome));
    }

    /** How many rows were not written, since too many waited or the database did not take them, since the start. */
    public long lost() {
        return late.lost();
    }

    private Event event(Actor actor, Action action, Subject subject, Amount amount, String outcome) {
        return new Event(clock.instant(), actor, action, subject, amount, outcome);
    }
}
