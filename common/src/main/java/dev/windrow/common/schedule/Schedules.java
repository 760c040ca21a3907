package dev.windrow.common.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedules. Each change is one conditional statement, part of the transaction that the calling thread is in, and
 * says by its boolean whether it won; who gets a false has lost the schedule to somebody else and starts nothing. Safe
 * for use by many threads and processes. All calls block for a short statement; where the database can't be reached
 * they throw what the ports of {@code common.export} throw.
 */
public interface Schedules {
    /**
     * Adds one.
     *
     * @return false: its owner has another of that name
     */
    boolean add(Schedule schedule);

    /** The owner's schedule of that name. */
    Optional<Schedule> find(String owner, String name);

    /** The schedule of that id. */
    Optional<Schedule> find(String id);

    /** How many an owner has; within a transaction, with what that has added. */
    int count(String owner);

    /**
     * Schedules by owner and name, at most {@code limit} of those after a place.
     *
     * @param owner null for everybody's
     * @param after null for the first ones
     */
    List<Schedule> list(@Nullable String owner, Schedule.@Nullable Identity after, int limit);

    /**
     * Replaces plan, authority and times of one, and raises its revision; {@code last} stays.
     *
     * @param changed with the revision that was seen
     * @return false: it has changed or is gone
     */
    boolean change(Schedule changed);

    /**
     * Forgets one, and what it has started; the archives that it held live as long as they would have without it.
     *
     * @return false: there is none
     */
    boolean remove(Schedule.Identity identity);

    /** Those that are due, the longest due first, at most {@code limit}. */
    List<Schedule> due(Instant now, int limit);

    /**
     * Goes on to its next time. Whoever wins does alone what was due.
     *
     * @param seen as it was found due
     * @param next null for never
     * @param last null to leave that as it is
     * @return false: somebody else has done it, or its owner has changed or deleted it
     */
    boolean turn(Schedule seen, @Nullable Instant next, Schedule.@Nullable Last last);
}
