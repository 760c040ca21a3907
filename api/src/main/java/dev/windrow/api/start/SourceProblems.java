package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.source.SourceException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered when a source can't do what is asked of it before an export is started. */
final class SourceProblems {
    private static final Logger log = LoggerFactory.getLogger(SourceProblems.class);
    private static final int RETRY_SECONDS = 5;

    private SourceProblems() {}

    /** @param limit after which the question was withdrawn */
    static RuntimeException ofSubject(Dataset dataset, SourceException e, Duration limit) {
        return switch (e.kind()) {
            case VALUE ->
                new ProblemException(
                        ProblemType.INVALID_PARAMETERS,
                        "The source does not take these values.",
                        List.of(new Fault("/parameters", "does not fit the source: " + e.detail())));
            case UNAVAILABLE -> unavailable(dataset, e);
            case CANCELLED -> tooSlow(dataset, "whether this exists", limit);
            case QUERY, ROW_TOO_LONG, ROWS_LOST ->
                new IllegalStateException("a query of " + dataset.name() + " failed", e);
        };
    }

    /**
     * What an export of the same would fail with is told as it would be told of the export.
     *
     * @param limit after which reading was given up
     */
    static ProblemException ofPreview(Dataset dataset, SourceException e, Duration limit) {
        return switch (e.kind()) {
            case UNAVAILABLE -> unavailable(dataset, e);
            case CANCELLED -> tooSlow(dataset, "what the first rows are", limit);
            case VALUE, ROW_TOO_LONG -> failed(dataset, ProblemType.ROW_UNENCODABLE, e);
            case QUERY -> failed(dataset, ProblemType.SOURCE_QUERY_FAILED, e);
            case ROWS_LOST -> failed(dataset, ProblemType.ROWS_LOST, e);
        };
    }

    private static ProblemException unavailable(Dataset dataset, SourceException e) {
        log.warn("source of {} not available", dataset.name(), e);
        return new ProblemException(ProblemType.UNAVAILABLE, "The dataset's source can't be reached.")
                .withRetryAfter(RETRY_SECONDS);
    }

    private static ProblemException tooSlow(Dataset dataset, String question, Duration limit) {
        log.warn("the source of {} did not say within {} {}", dataset.name(), limit, question);
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The dataset's source did not say within " + limit.toSeconds() + " s " + question
                                + "; nothing was started.")
                .withRetryAfter(RETRY_SECONDS);
    }

    private static ProblemException failed(Dataset dataset, ProblemType type, SourceException e) {
        log.warn("no preview of {}: {}", dataset.name(), e.getMessage());
        return new ProblemException(type, e.detail());
    }
}
