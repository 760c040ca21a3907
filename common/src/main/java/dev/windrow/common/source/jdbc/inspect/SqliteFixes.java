package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.jdbc.inspect.SqliteTables.Tree;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Entry;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Scan;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Sort;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What would have SQLite enter an index at the position. Each fix was tried on SQLite itself before it is told. */
final class SqliteFixes {
    private static final Pattern COMPARED =
            Pattern.compile("(?<![\\w.\"])([\\w.\"]{1,300})\\s{0,100}(>=|>|<=|<)\\s{0,100}$");

    private final KeyStatements statements;
    private final SampledQuery query;
    private final SqliteTables tables;

    SqliteFixes(KeyStatements statements, SampledQuery query, SqliteTables tables) {
        this.statements = statements;
        this.query = query;
        this.tables = tables;
    }

    /** Another way to write the query's own bound; empty when none is known. */
    String otherBound() throws SQLException {
        List<String> parameters = query.sql().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            List<String> texts = new ArrayList<>(query.sql().texts());
            Matcher compared = COMPARED.matcher(texts.get(i));
            if (compared.find()) {
                String name = ":" + parameters.get(i);
                texts.set(i, compared.replaceFirst("+" + Matcher.quoteReplacement(compared.group())));
                if (entersAtPosition(texts)) {
                    String bound = compared.group().strip() + " " + name;
                    return "written as (" + name + " is null or " + bound + ") it would be entered there";
                }
            }
        }
        return "";
    }

    private boolean entersAtPosition(List<String> texts) throws SQLException {
        NamedSql.Bound other = new NamedSql(texts, query.sql().parameters()).bind(query.samples());
        return isGood(statements.withQuery(other).sqliteProgram());
    }

    private static boolean isGood(SqliteProgram program) {
        return program.entry() == Entry.AT_POSITION && program.sort() != Sort.ALL;
    }

    /** A part of the key that the query holds to one value; empty when there is none. */
    String shorterKey() throws SQLException {
        List<KeyPart> key = statements.key();
        for (int i = 0; i < key.size() && key.size() > 1; i++) {
            List<KeyPart> others = new ArrayList<>(key);
            String left = others.remove(i).column();
            KeyStatements shorter = statements.withKey(others);
            if (isGood(shorter.sqliteProgram()) && new SqliteKeys(shorter).isUnique()) {
                return "the query's " + left + " has one value, so leave it out of the key";
            }
        }
        return "";
    }

    /**
     * An index that would do; empty when none is known.
     *
     * @param scans what the present program goes over
     */
    String index(List<Scan> scans) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        Map<String, List<String>> plain = new LinkedHashMap<>();
        for (Scan scan : scans) {
            Tree tree = tables.tree(scan.rootPage()).orElse(null);
            if (tree == null || !hasKey(tree)) {
                return "";
            }
            indexes.put(tree.table(), columns(tables.columns(tree).subList(0, scan.equalColumns())));
            plain.put(tree.table(), columns(List.of()));
        }
        return worksWith(indexes) ? words(indexes) : worksWith(plain) ? words(plain) : "";
    }

    private boolean hasKey(Tree tree) throws SQLException {
        List<String> columns = tables.columns(new Tree(tree.table(), tree.table(), false)).stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .toList();
        return statements.key().stream()
                .allMatch(part -> columns.contains(part.column().toLowerCase(Locale.ROOT)));
    }

    /** The columns that are held to one value, then the key's. */
    private List<String> columns(List<String> equal) {
        List<String> columns = new ArrayList<>(equal);
        for (KeyPart part : statements.key()) {
            if (equal.stream().noneMatch(part.column()::equalsIgnoreCase)) {
                columns.add(part.column() + (part.descending() ? " desc" : ""));
            }
        }
        return columns;
    }

    private static String words(Map<String, List<String>> indexes) {
        return indexes.entrySet().stream()
                .map(index -> "an index on " + index.getKey() + " (" + String.join(", ", index.getValue()) + ")")
                .collect(Collectors.joining(" and ", "", " would spare that"));
    }

    private boolean worksWith(Map<String, List<String>> indexes) throws SQLException {
        if (indexes.size() != 1) {
            // Arms of a union are entered only where they compare alike, which an index does not change.
            return false;
        }
        int own = statements.query().values().size();
        for (String form : statements.indexedFromPosition()) {
            if (SqliteCopy.program(statements.connection().connection(), indexes, form, own + 1)
                    .map(SqliteFixes::isGood)
                    .orElse(false)) {
                return true;
            }
        }
        return false;
    }
}
