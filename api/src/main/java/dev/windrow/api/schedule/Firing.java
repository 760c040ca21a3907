package dev.windrow.api.schedule;

import dev.windrow.api.access.AbsentCallers;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.StrictJson;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.schedule.Outcome;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRun;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what is due. A schedule goes on to its next time in the transaction that stores the export, and by a statement
 * that one process wins: so each time starts one export, whoever is killed when. Safe for use by many threads.
 */
final class Firing {
    private static final Logger log = LoggerFactory.getLogger(Firing.class);

    private final ScheduleTables tables;
    private final Bodies bodies;
    private final Launches launches;
    private final Exports exports;
    private final AbsentCallers absent;
    private final Transactions transactions;
    private final Clock clock;

    Firing(
            ScheduleTables tables,
            Bodies bodies,
            Launches launches,
            Exports exports,
            AbsentCallers absent,
            Transactions transactions,
            Clock clock) {
        this.tables = tables;
        this.bodies = bodies;
        this.launches = launches;
        this.exports = exports;
        this.absent = absent;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** One time of a schedule, and the time after it. */
    private record Turn(
            Schedule seen,
            ZoneId zone,
            Instant due,
            Instant now,
            @Nullable Instant next) {
        Schedule.Last last(Outcome outcome, @Nullable String export, Schedule.@Nullable Fault fault) {
            return new Schedule.Last(due, now, outcome, export, fault);
        }

        String id() {
            return seen.identity().id();
        }
    }

    /**
     * Takes up a schedule that was found due. What keeps it from starting is told in it, and it goes on.
     *
     * @throws ExportsUnavailableException when the database can't be reached: it stays due
     */
    void fire(Schedule seen) {
        Instant now = clock.instant();
        Instant since = seen.times().next();
        if (since == null) {
            return;
        }
        Timetable times;
        try {
            times = Timetable.of(seen.plan());
        } catch (IllegalArgumentException e) {
            // Only where another version wrote it, or the zone is no zone any more.
            refuse(
                    new Turn(seen, ZoneOffset.UTC, since, now, null),
                    ProblemType.INVALID_PARAMETERS,
                    "Its cron or zone " + e.getMessage() + ". Save it again.");
            return;
        }
        Turn turn = new Turn(seen, times.zone(), times.last(since, now), now, times.after(now));
        try {
            take(turn);
        } catch (ProblemException e) {
            refuse(turn, e.type(), e.detail());
        } catch (ExportsUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("schedule {} can't be started", seen.identity().id(), e);
            refuse(turn, ProblemType.INTERNAL, "Something went wrong inside; the log of the service says what.");
        }
    }

    private void take(Turn turn) {
        Optional<String> active = tables.runs().active(turn.id());
        if (active.isPresent()) {
            move(turn, turn.last(Outcome.ACTIVE, active.get(), null));
        } else if (tables.runs().find(turn.id(), turn.due()).isPresent()) {
            // A clock that was set back has come to it once more.
            move(turn, null);
        } else {
            start(turn);
        }
    }

    private void start(Turn turn) {
        Caller caller = caller(turn.seen());
        String start = turn.seen().plan().start();
        String digest = Bodies.digest(start);
        Words words = new Words(turn.due(), lastRun(turn.id(), digest), turn.zone());
        Bodies.Resolved resolved = bodies.resolve(caller, body(start), words);
        Launches.Launch launch = launches.prepare(caller, resolved.body());
        ScheduleRun run = new ScheduleRun(turn.id(), turn.due(), launch.export(), digest, resolved.until());
        String key = caller.credential().name();
        Actor actor = new Actor(caller.name(), key.isEmpty() ? null : key, null);
        boolean started = transactions.inOne(
                () -> store(turn, run, launch, actor),
                () -> tables.runs().find(turn.id(), turn.due()).map(run::equals));
        if (started) {
            log.info("schedule {} has started export {}", turn.seen().identity().name(), run.export());
            launch.ring();
        }
    }

    private boolean store(Turn turn, ScheduleRun run, Launches.Launch launch, Actor actor) {
        Schedule.Last last = turn.last(Outcome.STARTED, run.export(), null);
        if (!tables.schedules().turn(turn.seen(), turn.next(), last)) {
            return false;
        }
        if (!tables.runs().add(run)) {
            throw new IllegalStateException("the time was taken up by somebody who did not go on to the next");
        }
        launch.store(actor);
        return true;
    }

    private void refuse(Turn turn, ProblemType type, String detail) {
        String word = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Schedule.Last before = turn.seen().last();
        boolean known = before != null
                && before.fault() != null
                && before.fault().type().equals(word);
        boolean moved = move(turn, turn.last(Outcome.REFUSED, null, new Schedule.Fault(word, detail)));
        // Once: one that is due each second would fill the log.
        if (moved && !known) {
            log.warn(
                    "schedule {} has started nothing: {}",
                    turn.seen().identity().name(),
                    word);
        }
    }

    /** On to the next time, with nothing stored but that. */
    private boolean move(Turn turn, Schedule.@Nullable Last last) {
        return transactions.inOne(
                () -> tables.schedules().turn(turn.seen(), turn.next(), last), () -> Optional.empty());
    }

    /** Who started it, as the credentials of now have it. */
    private Caller caller(Schedule schedule) {
        Schedule.Identity identity = schedule.identity();
        return Authority.read(identity.owner(), schedule.authority())
                .flatMap(kept -> absent.now(kept, schedule.times().changed()))
                .filter(now -> now.has(Role.EXPORT))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.FORBIDDEN,
                        "The credentials by which the schedule was saved do not hold any more, or start no exports. Save"
                                + " it again with ones that do."));
    }

    private static Map<String, @Nullable Object> body(String start) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (StrictJson.parse(start) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> body.put(String.valueOf(name), value));
        }
        return body;
    }

    private @Nullable Instant lastRun(String schedule, String digest) {
        ScheduleRun run = tables.runs().lastCompleted(schedule, digest).orElse(null);
        if (run == null || run.until() != null) {
            return run == null ? null : run.until();
        }
        return ExportId.parse(run.export())
                .flatMap(exports::find)
                .map(export -> export.run().cutoff())
                .map(Cutoff::asOf)
                .orElse(null);
    }
}
