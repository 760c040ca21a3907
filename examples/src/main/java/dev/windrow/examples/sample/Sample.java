package dev.windrow.examples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** What a sample database holds. The same number of load rows gives the same rows on every machine. Immutable. */
public interface Sample {
    /** What is around its rows. */
    Layout layout();

    /**
     * What is around a sample's rows.
     *
     * @param name of the database's file, without its extension
     * @param version changes when the rows do: a database of another version is made anew
     * @param schema statements that make the tables
     * @param indexes statements that make the indexes, once the rows are there; may be empty
     * @param mainTable the table whose rows are counted as progress
     * @param rowsBeside how many rows the main table has besides the load rows
     * @param loadRowsQuery gives the number of load rows that a database was made with
     */
    record Layout(
            String name,
            int version,
            String schema,
            String indexes,
            String mainTable,
            long rowsBeside,
            String loadRowsQuery) {}

    /**
     * Writes all the rows.
     *
     * @param folder that of the database, for files beside it
     * @param loadRows 1 or more
     */
    void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException;
}
