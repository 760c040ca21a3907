package dev.windrow.common.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What schedules have started, and which of their archives live on. The same rules as for {@link Schedules}: changes
 * are part of the transaction that the calling thread is in.
 */
public interface ScheduleRuns {
    /**
     * Says that a schedule has started an export.
     *
     * @return false: it has started one for that time before
     */
    boolean add(ScheduleRun run);

    /** What a schedule has started for a time. */
    Optional<ScheduleRun> find(String schedule, Instant due);

    /** The id of the newest export of a schedule that waits or runs. */
    Optional<String> active(String schedule);

    /** The last export that was completed, is no damaged one, and was started by a body of that digest. */
    Optional<ScheduleRun> lastCompleted(String schedule, String startDigest);

    /** The id of the export whose archive is the schedule's newest that there is. */
    Optional<String> latest(String schedule, Instant now);

    /** Whether there is an export of it that was completed, its archive being there or not. */
    boolean hasCompleted(String schedule);

    /** Those whose export has ended, or is gone, and whose end was not looked at yet; oldest first. */
    List<ScheduleRun> ended(int limit);

    /** The same of one schedule. */
    List<ScheduleRun> ended(String schedule, int limit);

    /**
     * Says that the end of a run was looked at.
     *
     * @return false: somebody else has looked
     */
    boolean settle(ScheduleRun run);

    /**
     * Keeps the archive of a completed run longer than usual.
     *
     * @param until when it expires, unless it was to expire later anyhow
     */
    void hold(ScheduleRun run, Instant until);

    /**
     * Lets go of all that a schedule holds but the newest ones.
     *
     * @param keep how many it goes on to hold
     * @param expiry when the others expire at the latest; null for when they would have expired without the schedule
     */
    void letGo(String schedule, int keep, @Nullable Instant expiry);

    /**
     * Says that the archive of another export is served for this run too, since it has the same files.
     *
     * @param export that has the archive
     * @param expiry when the run's own archive expires, unless it was to expire earlier anyhow
     */
    void sameAs(ScheduleRun run, String export, Instant expiry);

    /** Forgets the runs whose exports are forgotten; and gives their number. */
    int forget();
}
