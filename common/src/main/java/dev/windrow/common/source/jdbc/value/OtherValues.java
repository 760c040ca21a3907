package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Values of any other database, by the JDBC type of their column. */
final class OtherValues {
    private OtherValues() {}

    /** @param utc whether a timestamp without a zone is a moment in UTC */
    static ColumnReader reader(int type, boolean utc) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL ->
                OtherValues::decimal;
            case Types.DATE -> JdbcValues::date;
            case Types.TIMESTAMP -> utc ? JdbcValues::timestampInUtc : JdbcValues::localTimestamp;
            case Types.TIMESTAMP_WITH_TIMEZONE -> JdbcValues::instant;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> JdbcValues::bytes;
            case Types.BOOLEAN, Types.BIT -> JdbcValues::bool;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> OtherValues::number;
            default -> JdbcValues::text;
        };
    }

    /** Integers too: an unsigned one may be greater than a long. */
    private static void decimal(ResultSet row, int index, RowSink sink) throws SQLException {
        BigDecimal value = row.getBigDecimal(index);
        if (value == null) {
            sink.nullValue();
        } else if (value.scale() == 0 && value.precision() <= 18) {
            sink.integer(value.longValueExact());
        } else {
            sink.decimal(value);
        }
    }

    private static void number(ResultSet row, int index, RowSink sink) throws SQLException {
        Object value = row.getObject(index);
        if (value == null) {
            sink.nullValue();
        } else if (value instanceof Float real) {
            sink.number(Conversions.ofFloat(real));
        } else {
            sink.number(row.getDouble(index));
        }
    }
}
