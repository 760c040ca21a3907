package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The keys of a batch's rows as they come: the last row's, and that of the row which the result set is at. Belongs to one thread. */
interface RowKey {
    /** Takes the key of the row that the result set is at. */
    void read(ResultSet row) throws SQLException, SourceException;

    /** Whether the database takes the key that was read for the last row's; false where there is no last row. */
    boolean repeats() throws SQLException, SourceException;

    /** Makes the row whose key was read the last one. */
    void advance();

    /** The last row's key; null where there is none. */
    Object @Nullable [] last();
}
