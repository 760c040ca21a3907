package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Puts parameters' values into a statement. */
public final class Bindings {
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Bindings() {}

    /**
     * Binds the values from a placeholder on.
     *
     * @param first its index, 1-based
     * @return the index of the next placeholder, 1-based
     */
    public static int bind(PreparedStatement statement, int first, List<Object> values, Dialect dialect)
            throws SQLException {
        int index = first;
        for (Object value : values) {
            bindOne(statement, index++, value, dialect);
        }
        return index;
    }

    private static void bindOne(PreparedStatement statement, int index, Object value, Dialect dialect)
            throws SQLException {
        if (value instanceof Long || value instanceof Integer) {
            statement.setLong(index, ((Number) value).longValue());
        } else if (value instanceof BigInteger integer) {
            bindDecimal(statement, index, new BigDecimal(integer), dialect);
        } else if (value instanceof BigDecimal decimal) {
            bindDecimal(statement, index, decimal, dialect);
        } else if (value instanceof Boolean bool) {
            statement.setBoolean(index, bool);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else {
            throw new IllegalArgumentException("a parameter's value of " + value.getClass());
        }
    }

    /** SQLite has no decimals, and its driver would bind them as text, which is greater than every number. */
    private static void bindDecimal(PreparedStatement statement, int index, BigDecimal value, Dialect dialect)
            throws SQLException {
        if (dialect != Dialect.SQLITE) {
            statement.setBigDecimal(index, value);
        } else if (isLong(value)) {
            statement.setLong(index, value.longValueExact());
        } else {
            statement.setDouble(index, value.doubleValue());
        }
    }

    private static boolean isLong(BigDecimal value) {
        return value.compareTo(LONG_MIN) >= 0
                && value.compareTo(LONG_MAX) <= 0
                && value.stripTrailingZeros().scale() <= 0;
    }
}
