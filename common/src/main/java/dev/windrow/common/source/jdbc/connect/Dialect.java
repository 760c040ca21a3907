package dev.windrow.common.source.jdbc.connect;

import java.util.Locale;

/** The differences between databases that matter to reading, told from the JDBC URL. */
public enum Dialect {
    SQLITE,
    POSTGRESQL,
    /** Any other: plain SQL only, and the driver's own limit of rows. */
    OTHER;

    public static Dialect of(String url) {
        String start = url.toLowerCase(Locale.ROOT);
        if (start.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        return start.startsWith("jdbc:postgresql:") ? POSTGRESQL : OTHER;
    }

    /** Whether {@code (a, b) > (?, ?)} is understood and looks up an index by both. */
    public boolean comparesRowValues() {
        return this != OTHER;
    }

    /** Whether a read spans a transaction that must be ended; SQLite's ends with its statement. */
    boolean needsTransaction() {
        return this != SQLITE;
    }

    /** The query that stops after so many rows. For {@link #OTHER} it is the statement that is told. */
    public String limit(String select, int rows) {
        return this == OTHER ? select : select + "\nlimit " + rows;
    }
}
