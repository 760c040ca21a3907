package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operator's SQL, cut at its {@code :name} parameters. Immutable.
 *
 * <p>Not Spring's NamedParameterUtils: that one takes {@code flags &mask} for a parameter, does not know PostgreSQL's
 * dollar quotes, and can't write a null as a keyword.
 *
 * @param texts what stands before, between and after the parameters: always one more than there are
 * @param parameters names without the colon, in order, as often as they are used
 */
public record NamedSql(List<String> texts, List<String> parameters) {
    private static final Pattern IS_NULL =
            Pattern.compile("\\s*+\\)?+\\s*+is\\s++(not\\s++)?null\\b", Pattern.CASE_INSENSITIVE);

    public NamedSql {
        texts = List.copyOf(texts);
        parameters = List.copyOf(parameters);
        if (texts.size() != parameters.size() + 1) {
            throw new IllegalArgumentException("texts " + texts + ", parameters " + parameters);
        }
    }

    /** @throws IllegalArgumentException when it is more than one statement, or has a positional parameter */
    public static NamedSql parse(String sql, Dialect dialect) {
        NamedSqlScanner scanner = new NamedSqlScanner(sql, dialect);
        scanner.cut();
        return new NamedSql(scanner.texts(), scanner.parameters());
    }

    public Set<String> names() {
        return new LinkedHashSet<>(parameters);
    }

    /**
     * The SQL with placeholders, and what belongs in them. A list becomes as many placeholders as it has values, but
     * one where only its being null is asked, as in {@code (:ids is null or id in (:ids))}; a null is written as the
     * keyword, since a strict database can't tell the type of {@code ? is null}.
     *
     * @throws IllegalArgumentException when a parameter has no entry
     */
    public Bound bind(Map<String, ? extends @Nullable Object> values) {
        StringBuilder sql = new StringBuilder(texts.get(0));
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("no value for :" + name);
            }
            String following = texts.get(i + 1);
            append(sql, bound, values.get(name), asksOnlyWhetherNull(i));
            sql.append(following);
        }
        return new Bound(sql.toString(), bound);
    }

    /** Whether that use of a parameter, counted from 0, asks only whether it is null. */
    public boolean asksOnlyWhetherNull(int use) {
        return IS_NULL.matcher(texts.get(use + 1)).lookingAt();
    }

    private static void append(StringBuilder sql, List<Object> bound, @Nullable Object value, boolean onlyWhetherNull) {
        if (value instanceof Collection<?> several && !several.isEmpty()) {
            List<Object> all = List.copyOf(several);
            List<Object> shown = onlyWhetherNull ? all.subList(0, 1) : all;
            sql.append("?, ".repeat(shown.size() - 1)).append('?');
            bound.addAll(shown);
        } else if (value == null || value instanceof Collection<?>) {
            sql.append("null");
        } else {
            sql.append('?');
            bound.add(value);
        }
    }

    /** A statement with {@code ?} placeholders and the values for them, none of them null. */
    public record Bound(String sql, List<Object> values) {
        public Bound {
            values = List.copyOf(values);
        }
    }
}
