package dev.windrow.common.statistics;

import dev.windrow.common.statistics.ExportStatistics.Running;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to see at once, of all processes that share a database. Safe for use by many threads; however
 * often it is asked, the database is not loaded.
 */
public interface Operations {
    /** Empty where the database is away, or has not answered yet. Blocks for a moment at most. */
    Optional<Overview> overview();

    /**
     * How things stand.
     *
     * @param leftBytes of the disk that this process keeps files on; null where it can't be asked
     * @param sources of the catalog, by their names
     */
    record Overview(
            Queue queue,
            List<Worker> workers,
            Stored stored,
            @Nullable Long leftBytes,
            List<SourceStanding> sources,
            Outbox outbox) {
        public Overview {
            Objects.requireNonNull(queue, "queue");
            workers = List.copyOf(workers);
            Objects.requireNonNull(stored, "stored");
            sources = List.copyOf(sources);
            Objects.requireNonNull(outbox, "outbox");
        }
    }

    /**
     * Exports that wait and run.
     *
     * @param oldestDue since when the one has been due that has been due for the longest; null where none is due
     */
    record Queue(long waiting, long running, @Nullable Instant oldestDue) {}

    /**
     * What exports hold, wherever it is kept.
     *
     * @param archiveBytes null while it is not known
     */
    record Stored(long workBytes, @Nullable Long archiveBytes) {}

    /**
     * Messages of everybody.
     *
     * @param oldestDue since when the waiting one has been due that has been due for the longest, or when the next one
     *     will be; null where none waits
     */
    record Outbox(long waiting, @Nullable Instant oldestDue, long givenUp) {}

    /**
     * A process that takes exports. What is null is not known of one of which nothing but its claims tells.
     *
     * @param present whether it is believed alive
     * @param concurrency exports at once
     * @param since when it began
     * @param heard when it last said that it lives
     * @param runs those that it has claimed, the longest first
     */
    record Worker(
            String name,
            boolean present,
            @Nullable Integer concurrency,
            @Nullable Instant since,
            @Nullable Instant heard,
            List<Running> runs) {
        public Worker {
            Objects.requireNonNull(name, "name");
            runs = List.copyOf(runs);
        }
    }

    /**
     * A source, as far as it was asked lately.
     *
     * @param answered when it last did what it was asked; null where it has not
     * @param error what was last wrong with it; null where nothing was
     */
    record SourceStanding(
            String name,
            List<String> datasets,
            @Nullable Instant answered,
            @Nullable SourceTrouble error) {
        public SourceStanding {
            Objects.requireNonNull(name, "name");
            datasets = List.copyOf(datasets);
        }
    }

    /**
     * What was wrong with a source.
     *
     * @param type as {@link dev.windrow.common.export.FailureCode} has it
     * @param detail a sentence without SQL, paths and credentials
     * @param export that failed of it; null where it was another question, such as a preview's
     */
    record SourceTrouble(
            Instant at,
            String type,
            String detail,
            @Nullable String export) {
        public SourceTrouble {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
