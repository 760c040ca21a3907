package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Finds the newest finished archive of a schedule, or says why there is none. Safe for use by many threads. */
final class Latest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LONGEST_WAIT = 3600;
    private static final int LOOKED_AT = 5;

    private final ScheduleTables tables;
    private final Settling settling;
    private final Archives archives;
    private final Clock clock;

    Latest(ScheduleTables tables, Settling settling, Archives archives, Clock clock) {
        this.tables = tables;
        this.settling = settling;
        this.archives = archives;
        this.clock = clock;
    }

    /** The archive; ends the request where there is none, or the caller may not have it any more. */
    Archive of(Schedule schedule, Caller caller) {
        String id = schedule.identity().id();
        for (ScheduleRun run : tables.runs().ended(id, LOOKED_AT)) {
            // What has just ended counts at once.
            settling.settle(run, PATIENCE);
        }
        String export = tables.runs().latest(id, clock.instant()).orElseThrow(() -> none(schedule));
        return archives.of(export, caller).passing();
    }

    private ProblemException none(Schedule schedule) {
        String id = schedule.identity().id();
        Instant next = schedule.times().next();
        if (tables.runs().active(id).isPresent()) {
            return new ProblemException(ProblemType.NOT_READY, "The first export of the schedule is not finished yet.")
                    .withRetryAfter(1);
        } else if (tables.runs().hasCompleted(id)) {
            return new ProblemException(
                    ProblemType.EXPIRED, "The schedule's newest archive was kept for its time and is gone.");
        } else if (next == null) {
            return new ProblemException(ProblemType.NO_FILE, "The schedule has no archive, and is not due again.");
        }
        long seconds = Math.max(
                1,
                Math.min(LONGEST_WAIT, Duration.between(clock.instant(), next).toSeconds() + 1));
        return new ProblemException(
                        ProblemType.NOT_READY, "The schedule has no archive yet; it is due at " + next + ".")
                .withRetryAfter((int) seconds);
    }
}
