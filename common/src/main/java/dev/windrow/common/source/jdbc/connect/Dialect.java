package dev.windrow.common.source.jdbc.connect;

import java.util.Locale;

/** The differences between databases that matter to reading, told from the JDBC URL. */
public enum Dialect {
    SQLITE,
    POSTGRESQL,
    /** And MySQL, whose SQL is the same as far as reading goes. */
    MARIADB,
    H2,
    DUCKDB,
    /** Any other: plain SQL only, and the driver's own limit of rows. */
    OTHER;

    public static Dialect of(String url) {
        String start = url.toLowerCase(Locale.ROOT);
        if (start.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        if (start.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        if (start.startsWith("jdbc:mariadb:") || start.startsWith("jdbc:mysql:")) {
            return MARIADB;
        }
        if (start.startsWith("jdbc:h2:")) {
            return H2;
        }
        if (start.startsWith("jdbc:duckdb:")) {
            return DUCKDB;
        }
        return OTHER;
    }

    /**
     * Whether {@code (a, b) > (?, ?)} is understood and looks up an index by both. MariaDB understands it, and reads
     * all.
     */
    public boolean comparesRowValues() {
        return this == SQLITE || this == POSTGRESQL;
    }

    /**
     * Whether its driver is in the jar; the ends of others' orders, and what their drivers do by themselves, are not
     * known.
     */
    public boolean isBuiltIn() {
        return this == SQLITE || this == POSTGRESQL;
    }

    /**
     * Whether the rows of one statement stay where they are while another runs on the same connection. Elsewhere many
     * drivers read all that is left of them into memory.
     */
    public boolean keepsRowsApart() {
        return isBuiltIn() || this == H2;
    }

    /**
     * How many times as many rows a leg has as are fetched at once, where it has what fits. DuckDB has no order to
     * enter at a position, so it goes over all rows for each leg, and keeps what a statement gives outside the heap.
     */
    public int fetchesOfALeg() {
        return this == DUCKDB ? 50 : 1;
    }

    /** Whether nobody else can open the database for writing as long as a reader has it open. */
    boolean keepsWritersOut() {
        return this == DUCKDB;
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
