package dev.windrow.common.export;

import java.util.Locale;

/**
 * Why an export failed, or waits to be tried again. The ids are part of the HTTP API ({@code error.type}) and are
 * stored.
 */
public enum FailureCode {
    SOURCE_UNAVAILABLE("The source database is not available", true),
    SOURCE_QUERY_FAILED("The source database refused the query or gave rows that do not fit", false),
    STORAGE_FULL("There is no room for the archive", true),
    STORAGE_UNAVAILABLE("The store that keeps archives is not available", true),
    ROW_UNENCODABLE("A row can't be written in this format", false),
    ROWS_LOST("Rows of the source did not come", false),
    NOT_ALLOWED("The rights that the export was started with are gone", false),
    QUOTA_EXCEEDED("The export is larger than it may be", false),
    LOST_TOO_OFTEN("The export was lost too often", false),
    INTERNAL("A defect of the service", false);

    private final String title;
    private final boolean transientCause;

    FailureCode(String title, boolean transientCause) {
        this.title = title;
        this.transientCause = transientCause;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return title;
    }

    /** Whether it may pass, so that the export is tried again by itself after a back-off. */
    public boolean mayPass() {
        return transientCause;
    }

    /** @throws IllegalArgumentException for an unknown id */
    public static FailureCode of(String id) {
        return valueOf(id.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
