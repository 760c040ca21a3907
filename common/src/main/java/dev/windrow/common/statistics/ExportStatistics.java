package dev.windrow.common.statistics;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the status table has, counted over all owners. Safe for use by many threads. All calls block for one query and
 * throw {@link ExportsUnavailableException} when the database can't be reached.
 */
public interface ExportStatistics {
    /** Exports that wait or run. Looks at each of them. */
    List<Group> active();

    /** Exports that are at an end. Looks at each of them, which takes seconds where there are millions. */
    List<Group> ended();

    /**
     * Since when the export has been due that has been due for the longest: since it was made, its last run began, or
     * its back-off was over, whichever came last. Empty where none is due.
     */
    Optional<Instant> oldestDue(Instant now);

    /** Exports that are run, those that have been for the longest first. */
    List<Running> running(int limit);

    /**
     * Of each dataset, why its source last kept an export from being made: one that failed since then, or that waits to
     * be tried again. Looks at all that ended since then.
     */
    List<SourceError> sourceErrors(Instant since);

    /** When an export of each dataset was last completed, of those for which that was after that time. */
    Map<String, Instant> completed(Instant since);

    /**
     * A run.
     *
     * @param export its id
     * @param worker the name of the process that claimed it
     * @param since when it was claimed
     * @param leaseUntil until when its worker is believed alive
     */
    record Running(
            String export, String owner, String dataset, String worker, Instant since, Instant leaseUntil, Done done) {
        public Running {
            Objects.requireNonNull(export, "export");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(worker, "worker");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(leaseUntil, "leaseUntil");
            Objects.requireNonNull(done, "done");
        }
    }

    /**
     * How far a run is.
     *
     * @param percent null while it is not known
     */
    record Done(long rows, @Nullable Double percent) {}

    /**
     * What a source did to an export.
     *
     * @param export its id
     * @param at when the export failed; of one that waits, when it was last begun
     * @param type as {@link dev.windrow.common.export.FailureCode} has it
     * @param detail a sentence without SQL, paths and credentials
     */
    record SourceError(String dataset, String export, Instant at, String type, String detail) {
        public SourceError {
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(export, "export");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * Exports of one state, dataset and format.
     *
     * @param exports how many
     * @param bytes of their work files or archives together, also of archives that have expired
     */
    record Group(State state, String dataset, String format, long exports, long bytes) {
        public Group {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(dataset, "dataset");
            Objects.requireNonNull(format, "format");
        }

        /** @param state its word in the table */
        public Group(String state, String dataset, String format, long exports, long bytes) {
            this(State.of(state), dataset, format, exports, bytes);
        }
    }
}
