package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.Filter;
import dev.windrow.common.export.State;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** The SQL of lists of exports, and its values. The same for both databases, as {@link ExportSql} is. */
final class ListSql {
    private ListSql() {}

    /** What is stored is ASCII, so characters are bytes. Longer parameters are not read at all. */
    private static final String LISTED = ExportSql.SHOWN.replace(
            " parameters,", " case when length(parameters) > :longest then null else parameters end as parameters,");

    /** For one of the spellings of what is looked for. */
    private static final String WITH_TEXT = """
            lower(dataset) like :text# escape '!' or lower(file_name) like :text# escape '!'
              or lower(parameters) like :escaped# escape '!'
            """;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");

    /** {@code before} may be any text that sorts after every id. */
    static String list(@Nullable String owner, Filter filter) {
        return "select " + LISTED + " from exports where id < :before" + of(owner) + filtered(filter)
                + " order by id desc limit :limit";
    }

    static String count(@Nullable String owner, Filter filter) {
        return "select count(*) from exports where true" + of(owner) + filtered(filter);
    }

    private static String of(@Nullable String owner) {
        return owner == null ? "" : " and owner = :owner";
    }

    /**
     * What was asked for, and no more: a condition that lets everything through would have each row read, where the
     * index of the owner's ids answers by itself.
     */
    private static String filtered(Filter filter) {
        StringBuilder asked = new StringBuilder();
        if (filter.state() != null) {
            asked.append(" and ").append(inState(filter.state()));
        }
        if (filter.dataset() != null) {
            asked.append(" and dataset = :dataset");
        }
        if (filter.since() != null) {
            asked.append(" and created_at >= :since");
        }
        if (filter.until() != null) {
            asked.append(" and created_at < :until");
        }
        String text = filter.text();
        if (text != null) {
            asked.append(IntStream.range(0, spellings(text).size())
                    .mapToObj(i -> WITH_TEXT.replace("#", Integer.toString(i)))
                    .collect(Collectors.joining(" or ", " and (", ")")));
        }
        return asked.toString();
    }

    /**
     * The state is that of {@link dev.windrow.common.export.Export#isExpired}: the clock's, not the last sweep's. A
     * literal, so that the partial indexes of those that wait and run apply.
     */
    private static String inState(State state) {
        return switch (state) {
            case COMPLETED -> "state = 'completed' and (expires_at is null or expires_at > :now)";
            case EXPIRED -> "(state = 'expired' or state = 'completed' and expires_at <= :now)";
            default -> "state = '" + state.id() + "'";
        };
    }

    static MapSqlParameterSource values(@Nullable String owner, Filter filter, long now) {
        MapSqlParameterSource values = new MapSqlParameterSource("owner", owner)
                .addValue("dataset", filter.dataset())
                .addValue("since", millis(filter.since()))
                .addValue("until", millis(filter.until()))
                .addValue("now", now)
                .addValue("longest", Exports.LISTED_PARAMETERS);
        String text = filter.text();
        if (text != null) {
            int i = 0;
            for (String spelling : spellings(text)) {
                String json = ExportJson.write(spelling);
                values.addValue("text" + i, pattern(spelling));
                values.addValue("escaped" + i, pattern(json.substring(1, json.length() - 1)));
                i++;
            }
        }
        return values;
    }

    /**
     * The letters of ASCII the databases compare in small ones. SQLite knows no others, and what is stored as JSON has
     * them as escapes: a text that has some is looked for in small letters, in capitals and with capitals at the
     * beginnings of its words, as people write them.
     */
    private static Set<String> spellings(String text) {
        String small = Parameters.text(text).toLowerCase(Locale.ROOT);
        String capitals = small.toUpperCase(Locale.ROOT);
        String words = WORD.matcher(small).replaceAll(word -> capitalised(word.group()));
        return Stream.of(small, capitals, words)
                .map(ListSql::withoutCapitals)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String capitalised(String word) {
        int second = word.offsetByCodePoints(0, 1);
        return word.substring(0, second).toUpperCase(Locale.ROOT) + word.substring(second);
    }

    /** Those of ASCII alone. */
    private static String withoutCapitals(String text) {
        return text.codePoints()
                .map(one -> one >= 'A' && one <= 'Z' ? one + ('a' - 'A') : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    /** What stands for others in a pattern stands for itself. */
    private static String pattern(String text) {
        return "%" + withoutCapitals(text).replaceAll("[!%_]", "!$0") + "%";
    }
}
