package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A leg's rows as they come: the key of the last one, and key and values of that which the result set is at. Belongs to
 * one thread.
 */
interface RowAccess {
    /** Takes the key of the row that the result set is at, and what the row says of it. */
    void read(ResultSet row) throws SQLException, SourceException;

    /** Whether the row that was read is within the bound. */
    boolean isWithin();

    /** Whether the database takes the key that was read for the last row's; false where there is no last row. */
    boolean repeats() throws SQLException, SourceException;

    /** The key that was read. */
    Object[] current();

    /** Makes the row whose key was read the last one. */
    void advance();

    /** Gives the values of the last row, which the result set is still at, to the sink; not its end. */
    void copyTo(ResultSet row, RowSink sink) throws SQLException;

    /** The last row's key; null where there is none. */
    Object @Nullable [] last();

    /** The hash of the last row's key, see {@link dev.windrow.common.source.jdbc.value.KeyHash}. */
    int hash();
}
