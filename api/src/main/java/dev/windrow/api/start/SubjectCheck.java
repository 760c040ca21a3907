package dev.windrow.api.start;

import dev.windrow.api.access.Places;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks sources whether what a start is about exists. A request's thread waits for the answer, so a source has a short
 * time for it, and few starts may ask at once. Safe for use by many threads.
 */
final class SubjectCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_OF_ONE = 12;
    /** Of the server's 64 threads, beside those that dry runs and slow bodies hold. */
    private static final int MOST = 24;

    private static final int SHOWN_VALUE = 200;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private final RowSource source;
    private final Duration limit;
    private final Places places = new Places("subjects", "starts whose subject is looked up", MOST_OF_ONE, MOST);

    SubjectCheck(RowSource source) {
        this(source, LIMIT);
    }

    /** @param limit how long a source may take */
    SubjectCheck(RowSource source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    /**
     * Ends the request unless the dataset's subject exists for these values, and where the caller has many such
     * questions open.
     */
    void check(Dataset dataset, BoundParameters parameters, String caller) {
        if (dataset.subject() == null) {
            return;
        }
        places.take(caller);
        try {
            ask(dataset, parameters);
        } finally {
            places.giveBack(caller);
        }
    }

    /** As {@link #check}, for who is counted elsewhere. */
    void ask(Dataset dataset, BoundParameters parameters) {
        Subject subject = dataset.subject();
        if (subject == null) {
            return;
        }
        try {
            if (!source.subjectExists(dataset, parameters, limit)) {
                throw new ProblemException(ProblemType.SUBJECT_NOT_FOUND, fill(subject.notFound(), parameters));
            }
        } catch (SourceException e) {
            throw SourceProblems.ofSubject(dataset, e, limit);
        }
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
