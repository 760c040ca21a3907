package dev.windrow.examples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** What a sample database holds. The same number of load rows gives the same rows on every machine. Immutable. */
public interface Sample {
    /** The name of the database's file, without its extension. */
    String name();

    /** Changes when the rows do: a database of another version is made anew. */
    int version();

    /** Statements that make the tables. */
    String schema();

    /** Statements that make the indexes, once the rows are there. */
    String indexes();

    /** The table whose rows are counted as progress. */
    String mainTable();

    /** How many rows the main table has besides the load rows. */
    long rowsBeside();

    /** Gives the number of load rows that a database was made with. */
    String loadRowsQuery();

    /**
     * Writes all the rows.
     *
     * @param folder that of the database, for files beside it
     * @param loadRows 1 or more
     */
    void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException;
}
