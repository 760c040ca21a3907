package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Subject;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Repeats;
import dev.windrow.common.export.State;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a checked start durable, and wakes a worker for it. Safe for use by many threads. */
public final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);
    private static final int RETRY_SECONDS = 5;
    private static final int SHOWN_VALUE = 200;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private final RowSource source;
    private final Exports exports;
    private final Repeats repeats;
    private final ExportQueue queue;
    private final Clock clock;
    private final Supplier<ExportId> ids;
    private final Admission admission;

    public Starter(
            RowSource source,
            Exports exports,
            Repeats repeats,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> ids,
            Admission admission) {
        this.source = source;
        this.exports = exports;
        this.repeats = repeats;
        this.queue = queue;
        this.clock = clock;
        this.ids = ids;
        this.admission = admission;
    }

    /**
     * Stores the export, once its subject is found to exist. When this returns it survives anything.
     *
     * @param key null for a start without one
     * @return empty when somebody else has used the key meanwhile
     */
    Optional<Export> start(Dataset dataset, StartCheck.Checked checked, String owner, Repeats.@Nullable Key key) {
        checkSubject(dataset, checked.parameters());
        admission.admit(dataset.name());
        ExportId id = ids.get();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (key == null) {
            exports.insert(id, owner, checked.request(), now);
        } else if (!repeats.insert(id, owner, checked.request(), key, RepeatedStarts.times(now))) {
            return Optional.empty();
        }
        log.info("export {} of {} queued", id, dataset.name());
        return Optional.of(queued(id, owner, checked.request(), now));
    }

    private static Export queued(ExportId id, String owner, ExportRequest request, Instant now) {
        return new Export(
                id,
                owner,
                request,
                State.QUEUED,
                Progress.NONE,
                0,
                1,
                0,
                0,
                null,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** Ends the request unless there is room for one more archive of the dataset. */
    void checkRoom(String dataset) {
        admission.admit(dataset);
    }

    /** Wakes a worker. */
    void ring(ExportId id) {
        queue.ring(id);
    }

    /** Ends the request unless the dataset's subject exists for these values. */
    void checkSubject(Dataset dataset, BoundParameters parameters) {
        Subject subject = dataset.subject();
        if (subject == null) {
            return;
        }
        try {
            if (!source.subjectExists(dataset, parameters)) {
                throw new ProblemException(ProblemType.SUBJECT_NOT_FOUND, fill(subject.notFound(), parameters));
            }
        } catch (SourceException e) {
            throw problem(dataset, e);
        }
    }

    /** What to answer when the source can't do what is asked of it before an export is started. */
    static RuntimeException problem(Dataset dataset, SourceException e) {
        return switch (e.kind()) {
            case VALUE ->
                new ProblemException(
                        ProblemType.INVALID_PARAMETERS,
                        "The source does not take these values.",
                        List.of(new Fault("/parameters", "does not fit the source: " + e.detail())));
            case UNAVAILABLE, CANCELLED -> {
                log.warn("source of {} not available", dataset.name(), e);
                yield new ProblemException(ProblemType.UNAVAILABLE, "The dataset's source can't be reached.")
                        .withRetryAfter(RETRY_SECONDS);
            }
            case QUERY, ROWS_LOST -> new IllegalStateException("a query of " + dataset.name() + " failed", e);
        };
    }

    /** The beginning of a long value; no pair of surrogates is cut in two. */
    private static String shown(String text) {
        if (text.length() <= SHOWN_VALUE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN_VALUE - 1)) ? SHOWN_VALUE - 1 : SHOWN_VALUE;
        return text.substring(0, end) + "…";
    }

    /** The operator's words with the caller's values in them. */
    static String fill(String notFound, BoundParameters parameters) {
        return PLACEHOLDER.matcher(notFound).replaceAll((MatchResult match) -> {
            Object value = parameters.json().get(match.group(1));
            String text = value == null ? "" : value.toString();
            return Matcher.quoteReplacement(shown(text));
        });
    }
}
