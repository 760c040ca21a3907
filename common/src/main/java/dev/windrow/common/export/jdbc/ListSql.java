package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.Filter;
import dev.windrow.common.export.State;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** The SQL of lists of exports, and its values. The same for both databases, as {@link ExportSql} is. */
final class ListSql {
    private static final String OF_OWNER = "owner = :owner and ";

    private ListSql() {}

    /** What is stored is ASCII, so characters are bytes. Longer parameters are not read at all. */
    private static final String LISTED = ExportSql.SHOWN.replace(
            " parameters,", " case when length(parameters) > :longest then null else parameters end as parameters,");

    /**
     * The state is that of {@link dev.windrow.common.export.Export#isExpired}: the clock's, not the last sweep's.
     */
    private static final String FILTERED = """
            case when state = 'completed' and expires_at <= :now then 'expired' else state end
              = coalesce(cast(:state as text),
                  case when state = 'completed' and expires_at <= :now then 'expired' else state end)
              and dataset = coalesce(cast(:dataset as text), dataset)
              and created_at >= :since and created_at < :until
            """;

    private static final String WITH_TEXT = """
            and (lower(dataset) like :text escape '!' or lower(file_name) like :text escape '!'
              or lower(parameters) like :escaped escape '!')
            """;

    /** {@code before} may be any text that sorts after every id. */
    static String list(@Nullable String owner, Filter filter) {
        return "select " + LISTED + " from exports where " + (owner == null ? "" : OF_OWNER) + "id < :before and "
                + filtered(filter) + " order by id desc limit :limit";
    }

    static String count(@Nullable String owner, Filter filter) {
        return "select count(*) from exports where " + (owner == null ? "" : OF_OWNER) + filtered(filter);
    }

    private static String filtered(Filter filter) {
        return filter.text() == null ? FILTERED : FILTERED + WITH_TEXT;
    }

    static MapSqlParameterSource values(@Nullable String owner, Filter filter, long now) {
        State state = filter.state();
        MapSqlParameterSource values = new MapSqlParameterSource("owner", owner)
                .addValue("state", state == null ? null : state.id(), Types.VARCHAR)
                .addValue("dataset", filter.dataset(), Types.VARCHAR)
                .addValue("since", millis(filter.since(), Long.MIN_VALUE))
                .addValue("until", millis(filter.until(), Long.MAX_VALUE))
                .addValue("now", now)
                .addValue("longest", Exports.LISTED_PARAMETERS);
        String text = filter.text();
        if (text != null) {
            String json = ExportJson.write(text);
            values.addValue("text", pattern(Parameters.text(text)));
            values.addValue("escaped", pattern(json.substring(1, json.length() - 1)));
        }
        return values;
    }

    private static long millis(@Nullable Instant moment, long otherwise) {
        return moment == null ? otherwise : moment.toEpochMilli();
    }

    /** What stands for others in a pattern stands for itself. */
    private static String pattern(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }
}
