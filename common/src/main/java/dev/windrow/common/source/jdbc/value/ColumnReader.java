package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.source.RowSink;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Gives one column's value of the current row to a sink, as its source has it. Chosen once per column, called once per
 * row.
 */
@FunctionalInterface
public interface ColumnReader {
    void copy(ResultSet row, int index, RowSink sink) throws SQLException;
}
