package dev.windrow.common.catalog;

import java.util.List;
import java.util.Set;

/** What the catalog's check asks of a live source. Nothing is read but the schema. Implementations are safe for use by one thread at a time. */
public interface SourceInspector {
    /**
     * Reaches the source, once before all else that is asked of it, so that one that is away is told once and not for each of its queries.
     *
     * @throws InspectionException when it can't be reached; the message is for the operator, on one line
     */
    default void reach(Source source) throws InspectionException {
        describe(source, "select 1 as one", List.of());
    }

    /**
     * Has the source prepare a query, and tells its columns. Does not run it.
     *
     * @param parameters those that the query may name; {@code principal} always counts as one
     * @return the columns in order, {@code declared} false, without titles; empty names and doubled ones as the source has them
     * @throws InspectionException when the source can't be reached, or refuses the query, or the query names a parameter that is
     *     not there; the message is for the operator, on one line, and may hold the source's own words
     */
    List<Column> describe(Source source, String query, List<Parameter> parameters) throws InspectionException;

    /**
     * Whether a unique index (or primary key) of the one table that the query reads backs the key. A false is worth a warning, no more:
     * views, joins and unknown databases give false too.
     */
    boolean isUnique(Source source, String query, List<KeyPart> key) throws InspectionException;

    /**
     * The parameters that a query names, each once, without the colon, whether or not they are there.
     *
     * @throws InspectionException when it is no single statement
     */
    Set<String> parameters(Source source, String query) throws InspectionException;

    /** Whether the source takes two names of columns for the same: it may ignore their case, and would then give one column's value for the other's. */
    boolean areOneName(Source source, String one, String other) throws InspectionException;

    /** A source that can't be reached or refuses a query. */
    final class InspectionException extends Exception {
        private static final long serialVersionUID = 1L;

        public InspectionException(String message, Throwable cause) {
            super(message, cause);
        }

        public InspectionException(String message) {
            super(message);
        }
    }
}
