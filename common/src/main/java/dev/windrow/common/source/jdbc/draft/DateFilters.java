package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the columns of days and moments that an index begins with, and makes filters of them. */
final class DateFilters {
    private static final int MOST = 4;
    private static final int MOST_OF_A_NAME = 50;
    private static final Pattern ISO = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].{0,40})?");
    private static final Pattern DATED_NAME =
            Pattern.compile("(?:^|[^a-z])(?:at|on|date|day|time|timestamp|datetime)$");
    /** A parameter of this name is the caller's. */
    private static final String PRINCIPAL = "principal";

    private final LentConnection connection;
    private final String relation;
    private final String quote;

    private final List<DateFilter> found = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Set.of(PRINCIPAL));

    /** @param relation as SQL has it */
    DateFilters(LentConnection connection, String relation, String quote) {
        this.connection = connection;
        this.relation = relation;
        this.quote = quote;
    }

    List<DateFilter> found() {
        return List.copyOf(found);
    }

    /** Of columns that seem to be dates, and can't be compared with one. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** @param indexed the names of the columns that an index begins with */
    DateFilters search(List<DraftedColumn> columns, Set<String> indexed) throws SQLException {
        for (DraftedColumn column : columns) {
            if (indexed.contains(column.name()) && found.size() < MOST) {
                look(column);
            }
        }
        return this;
    }

    private void look(DraftedColumn column) throws SQLException {
        if (connection.dialect() == Dialect.SQLITE) {
            lookIntoSqlite(column);
            return;
        }
        boolean zoned = column.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE
                || column.typeName().equals("timestamptz");
        if (zoned) {
            add(column, "timestamp with time zone", true);
        } else if (column.jdbcType() == Types.DATE) {
            add(column, "date", false);
        } else if (column.jdbcType() == Types.TIMESTAMP) {
            add(column, connection.dialect() == Dialect.MARIADB ? "datetime" : "timestamp", false);
        }
    }

    /**
     * A column of SQLite holds anything, whatever it is called: its least and its greatest value say what it is
     * compared with. An index has both at its ends.
     */
    private void lookIntoSqlite(DraftedColumn column) throws SQLException {
        boolean declared =
                column.typeName().startsWith("date") || column.typeName().startsWith("timestamp");
        boolean named = DATED_NAME
                .matcher(DatasetNames.slug(column.name()).replace('-', '_').toLowerCase(Locale.ROOT))
                .find();
        if (!declared && !named) {
            return;
        }
        String name = Relation.quoted(column.name(), quote);
        String ends = "select (select min(" + name + ") from " + relation + "), (select max(" + name + ") from "
                + relation + ")";
        try (Statement statement = connection.connection().createStatement();
                ResultSet row = statement.executeQuery(ends)) {
            Object least = row.getObject(1);
            Object greatest = row.getObject(2);
            if (isDay(least) && isDay(greatest)) {
                add(column, null, false);
            } else if (least instanceof Number) {
                remarks.add(YamlText.comment(column.name())
                        + " seems to be a time and holds numbers: say what they count, and it can have a filter"
                        + " (as: timestamp, unit: …)");
            }
        }
    }

    private static boolean isDay(@Nullable Object value) {
        return value instanceof String text && ISO.matcher(text).matches();
    }

    private void add(DraftedColumn column, @Nullable String cast, boolean zoned) {
        String prefix = found.isEmpty() ? "" : prefix(column.name());
        int number = 1;
        String end = "";
        while (!names.add(prefix + "since" + end)) {
            number++;
            end = "_" + number;
        }
        found.add(new DateFilter(column.name(), prefix + "since" + end, prefix + "until" + end, cast, zoned));
    }

    private static String prefix(String column) {
        String slug = DatasetNames.slug(column).replace('-', '_');
        return "_".repeat(slug.isEmpty() || Character.isDigit(slug.charAt(0)) ? 1 : 0)
                + slug.substring(0, Math.min(slug.length(), MOST_OF_A_NAME))
                + (slug.isEmpty() ? "" : "_");
    }
}
