package dev.windrow.common.source;

/**
 * A source that can't be reached or refused what was asked of it. The message is for the log and may hold the source's
 * own words; {@link #detail} is for the export's owner and leaks no SQL, path or credential.
 */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it matters to what is done next. */
    public enum Kind {
        /** Not reached, busy, or lost: may pass. */
        UNAVAILABLE,
        /** The query failed, or its rows are not what the catalog says: stays. */
        QUERY,
        /** A value does not fit the type that the catalog declares for it: stays. */
        VALUE,
        /** A row takes more memory than there is for one: stays. */
        ROW_TOO_LONG,
        /** Rows are missing or would be: the key's order and comparison disagree, or it moved. Stays. */
        ROWS_LOST,
        /** {@link RowReader#cancel} was called. */
        CANCELLED
    }

    private final Kind kind;
    private final String detail;

    public SourceException(Kind kind, String detail, Throwable cause) {
        super(detail + " (" + cause.getMessage() + ")", cause);
        this.kind = kind;
        this.detail = detail;
    }

    public SourceException(Kind kind, String detail) {
        super(detail);
        this.kind = kind;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return detail;
    }
}
