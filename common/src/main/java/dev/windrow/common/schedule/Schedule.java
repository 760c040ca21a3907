package dev.windrow.common.schedule;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An export that starts by itself, again and again. Immutable.
 *
 * @param authority by which credentials it was saved and what they gave, as whoever starts exports writes it
 * @param revision grows with each change that its owner makes; 1 at first
 * @param last what came of the last time that it was due; null before the first
 */
public record Schedule(
        Identity identity,
        Plan plan,
        String authority,
        long revision,
        Times times,
        @Nullable Last last) {
    public Schedule {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(times, "times");
    }

    /**
     * Which one it is.
     *
     * @param id of its own: one that was deleted and is made again under its name is another
     * @param owner the name of the caller who made it
     * @param name unique among its owner's
     */
    public record Identity(String id, String owner, String name) {
        public Identity {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * What is to be started, and when.
     *
     * @param dataset of which the exports are
     * @param cron six fields, the first being seconds
     * @param zone in which they are read: an id of {@link java.time.ZoneId}
     * @param start the body of a start, as JSON
     * @param keep how many of its archives live on; null for the newest, the others being kept as all archives are
     */
    public record Plan(
            String dataset,
            String cron,
            String zone,
            String start,
            @Nullable Integer keep,
            boolean paused) {
        public Plan {
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(cron, "cron");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(start, "start");
        }

        /** How many archives live on at least. */
        public int held() {
            return keep == null ? 1 : keep;
        }
    }

    /**
     * Its times, to the millisecond.
     *
     * @param changed when its owner saved it last
     * @param next when it is due; null for one that is paused or whose time never comes again
     */
    public record Times(
            Instant created, Instant changed, @Nullable Instant next) {
        public Times {
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(changed, "changed");
        }
    }

    /**
     * What came of a time at which it was due.
     *
     * @param due that time
     * @param at when it was taken up
     * @param outcome what came of it
     * @param export the id of the export that was started, or that was active still; null where none was
     * @param fault why none was started; null where one was, or was active
     */
    public record Last(
            Instant due,
            Instant at,
            Outcome outcome,
            @Nullable String export,
            @Nullable Fault fault) {
        public Last {
            Objects.requireNonNull(due, "due");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * Why nothing was started.
     *
     * @param type the name of a kind of problem
     * @param detail in words for its owner
     */
    public record Fault(String type, String detail) {
        public Fault {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
