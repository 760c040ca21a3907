package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.Schedules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, changes and forgets schedules, each with its row of the audit. Safe for use by many threads. */
final class SavedSchedules {
    private static final Logger log = LoggerFactory.getLogger(SavedSchedules.class);
    private static final int MOST = 100;

    private final Schedules schedules;
    private final Bodies bodies;
    private final Trail trail;
    private final Clock clock;

    SavedSchedules(Schedules schedules, Bodies bodies, Trail trail, Clock clock) {
        this.schedules = schedules;
        this.bodies = bodies;
        this.trail = trail;
        this.clock = clock;
    }

    /** Ends the request where it does not fit, or its owner has one of that name or too many. */
    Schedule add(ScheduleRequest asked, Caller caller, Actor actor) {
        Instant now = clock.instant();
        Timetable times = Timetable.of(asked.plan());
        bodies.check(caller, asked.start(), times, now);
        Schedule added = new Schedule(
                new Schedule.Identity(UUID.randomUUID().toString(), caller.name(), String.valueOf(asked.name())),
                asked.plan(),
                Authority.write(caller),
                1,
                new Schedule.Times(now, now, asked.plan().paused() ? null : times.after(now)),
                null);
        boolean done = trail.changeOf(actor, Action.SCHEDULE, () -> insert(added), won -> note(won, added, "created"));
        if (!done) {
            String detail = "is the name of another schedule of yours; PUT changes that one";
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETERS, "/name " + detail + ".", List.of(new Fault("/name", detail)));
        }
        log.info("schedule {} was made", added.identity().name());
        return added;
    }

    private boolean insert(Schedule added) {
        boolean done = schedules.add(added);
        if (done && schedules.count(added.identity().owner()) > MOST) {
            throw new ProblemException(
                            ProblemType.QUOTA_EXCEEDED,
                            "A caller may have " + MOST + " schedules; delete one that is not needed.")
                    .withNothingLeft("schedules", "q=" + MOST, 60);
        }
        return done;
    }

    /** Ends the request where it does not fit, or the schedule is changed by somebody else at the same time. */
    Schedule change(Schedule seen, ScheduleRequest asked, Caller caller, Actor actor) {
        Instant now = clock.instant();
        Timetable times = Timetable.of(asked.plan());
        bodies.check(caller, asked.start(), times, now);
        Schedule changed = new Schedule(
                seen.identity(),
                asked.plan(),
                Authority.write(caller),
                seen.revision(),
                new Schedule.Times(seen.times().created(), now, next(seen, asked.plan(), times, now)),
                seen.last());
        boolean done = trail.changeOf(
                actor, Action.SCHEDULE, () -> schedules.change(changed), won -> note(won, changed, "changed"));
        if (!done) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "The schedule was changed or deleted by another request meanwhile.")
                    .withRetryAfter(1);
        }
        log.info("schedule {} was changed", changed.identity().name());
        return changed;
    }

    /** What is due already stays due where only something else is changed. */
    private static @Nullable Instant next(Schedule seen, Schedule.Plan plan, Timetable times, Instant now) {
        if (plan.paused()) {
            return null;
        }
        boolean goesOn = plan.cron().equals(seen.plan().cron())
                && plan.zone().equals(seen.plan().zone())
                && !seen.plan().paused();
        return goesOn ? seen.times().next() : times.after(now);
    }

    /** Forgets it, if it is there. */
    void remove(Schedule schedule, Actor actor) {
        boolean done = trail.changeOf(
                actor,
                Action.SCHEDULE,
                () -> schedules.remove(schedule.identity()),
                won -> note(won, schedule, "deleted"));
        if (!done) {
            throw OwnSchedules.none();
        }
        log.info("schedule {} was deleted", schedule.identity().name());
    }

    private static Optional<Trail.Note> note(boolean done, Schedule schedule, String outcome) {
        Subject dataset = new Subject(null, schedule.plan().dataset(), null);
        return done
                ? Optional.of(new Trail.Note(
                        dataset, Amount.schedule(schedule.identity().name()), outcome))
                : Optional.empty();
    }
}
