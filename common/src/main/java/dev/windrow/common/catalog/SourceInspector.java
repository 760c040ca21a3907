package dev.windrow.common.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog's check asks of a live source. No query is run. Implementations are safe for use by one thread at a
 * time.
 */
public interface SourceInspector {
    /**
     * Reaches the source, once before all else that is asked of it, so that one that is away is told once and not for
     * each of its queries.
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
     * @return the columns in order, {@code declared} false, without titles; empty names and doubled ones as the
     *     source has them
     * @throws InspectionException when the source can't be reached, or refuses the query, or the query names a
     *     parameter that is not there; the message is for the operator, on one line, and may hold the source's own
     *     words
     */
    List<Column> describe(Source source, String query, List<Parameter> parameters) throws InspectionException;

    /**
     * Has the source prepare each statement by which the rows would be read in the order of the key. Runs none of them.
     *
     * @param parameters as for {@link #describe}
     * @throws InspectionException when it refuses one, such as for a key of a type without an order; the message
     *     names the part of the key, and the fix where there is one
     */
    void prepareReading(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException;

    /** Whether rows of the query can have equal keys, as far as the source's unique indexes tell. Looks at no row. */
    Uniqueness uniqueness(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException;

    /**
     * What the source would do to read the rows in the order of the key, again and again from a position on. Nothing is
     * told that is not known. May count some thousands of rows of a table, to be silent about small ones.
     *
     * @return what the operator should know, in plain sentences without a full stop; often empty
     */
    List<Remark> remarks(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException;

    /**
     * The columns of the key that a window function surely makes, in the query or in a view. Such a key names another
     * row when rows come or go before it.
     */
    List<String> movingKeys(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException;

    /** Why the source can't be read as one snapshot, with the fix; empty when it can. */
    Optional<String> refusesSnapshot(Source source) throws InspectionException;

    /** What is known of equal keys. */
    enum Uniqueness {
        /** No two rows have one key. */
        UNIQUE,
        /** No unique index keeps two rows from having one key. */
        NOT_UNIQUE,
        /** The source does not tell. */
        UNKNOWN
    }

    /**
     * A sentence for the operator.
     *
     * @param warning whether it asks for something to be fixed; else it only tells
     */
    record Remark(boolean warning, String text) {
        public static Remark warning(String text) {
            return new Remark(true, text);
        }

        public static Remark information(String text) {
            return new Remark(false, text);
        }
    }

    /**
     * The parameters that a query names, each once, without the colon, whether or not they are there.
     *
     * @throws InspectionException when it is no single statement
     */
    Set<String> parameters(Source source, String query) throws InspectionException;

    /**
     * Whether the source takes two names of columns for the same: it may ignore their case, and would then give one
     * column's value for the other's.
     */
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
