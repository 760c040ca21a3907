package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.Choice;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.value.ColumnReaders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what may be chosen of a parameter: the value from the first column, how it is shown from the second. */
final class JdbcChoices {
    /** Names are short; a query that shows a long text is not to make an answer of megabytes. */
    private static final int MOST_CHARACTERS = 200;

    private JdbcChoices() {}

    /** @param most rows that are looked at: not every driver heeds a limit */
    static List<Choice> read(ResultSet rows, Parameter parameter, int most, Dialect dialect) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<Choice> choices = new ArrayList<>();
        for (int row = 0; row < most && rows.next(); row++) {
            Object value = value(rows, parameter, dialect);
            String title = columns < 2 ? null : ColumnReaders.text(rows, 2, dialect);
            if (value != null) {
                ParameterBinder.fitting(parameter, value)
                        .ifPresent(fitting -> choices.add(new Choice(fitting, shown(title, fitting))));
            }
        }
        return choices;
    }

    private static @Nullable Object value(ResultSet rows, Parameter parameter, Dialect dialect) throws SQLException {
        return switch (parameter.type()) {
            case INTEGER -> {
                long value = rows.getLong(1);
                yield rows.wasNull() ? null : value;
            }
            case NUMBER -> {
                double value = rows.getDouble(1);
                yield rows.wasNull() ? null : value;
            }
            default -> ColumnReaders.text(rows, 1, dialect);
        };
    }

    /** No pair of surrogates is cut in two. */
    private static String shown(@Nullable String title, Object value) {
        String text = title == null || title.isBlank() ? value.toString() : title;
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARACTERS - 1))) + "…";
    }
}
