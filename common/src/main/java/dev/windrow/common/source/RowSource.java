package dev.windrow.common.source;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.Choice;
import dev.windrow.common.catalog.Source;
import java.time.Duration;
import java.util.List;

/** The databases that exports read. Safe for use by many threads; what it opens is not. */
public interface RowSource {
    /**
     * Whether the dataset's subject gives a row for these values; true for a dataset without one. Blocks for one query.
     *
     * @param limit how long the source may take to let us in and to answer
     * @throws SourceException {@code CANCELLED} when the query was stopped since the limit was over
     */
    boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException;

    /**
     * What a parameter's {@code values} give to choose from, of those that a start would take, in the query's order.
     * Blocks for one query.
     *
     * @param parameter one that has such a query
     * @param most of the query's rows that are read
     * @param limit how long the source may take to let us in and to answer
     * @throws SourceException {@code CANCELLED} when the query was stopped since the limit was over
     */
    default List<Choice> choices(Dataset dataset, Parameter parameter, BoundParameters bound, int most, Duration limit)
            throws SourceException {
        throw new SourceException(SourceException.Kind.QUERY, "The source can't be asked for values.");
    }

    /** Tells the secrets apart that masked values are hashed with, without telling them; empty where there is none. */
    default String maskedBy() {
        return "";
    }

    /** Opens a reader of one file. The caller closes it. Connects lazily, so that it does not block. */
    RowReader open(RowSelection selection);

    /** Begins to watch whether the source is changed. The caller closes it. */
    default SourceWatch watch(Source source) throws SourceException {
        return SourceWatch.NOTHING;
    }

    /**
     * Begins a snapshot of a source. The caller closes it.
     *
     * @throws SourceException {@code QUERY} where the source has none that lets its writers go on
     */
    default Snapshot snapshot(Source source) throws SourceException {
        throw new SourceException(SourceException.Kind.QUERY, "The source can't be read as one snapshot.");
    }
}
