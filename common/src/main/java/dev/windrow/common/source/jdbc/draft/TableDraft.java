package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.draft.DraftedDataset.DateFilterList;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is drafted of one table or view.
 *
 * @param proven whether its key is known to keep all rows apart; else the database must say so
 */
record TableDraft(DraftedDataset dataset, boolean proven) {
    static final String NO_KEY = "it has no primary key, and no unique index over columns that are not null; add one,"
            + " or write its dataset with a key of your own";
    static final String NULL_IN_PRIMARY = "a row has a null in its primary key, which SQLite lets in, and a key of an"
            + " export does not; mend the row, or write its dataset with another key";
    static final String NO_KEY_OF_A_VIEW = "the database does not tell what keeps the rows of the view apart; write its"
            + " dataset with the columns that do as the key";

    /** They have no index over some rows alone, and do not say of a query what keeps its rows apart. */
    private static final Set<Dialect> WHOLE_INDEXES = EnumSet.of(Dialect.MARIADB, Dialect.H2, Dialect.DUCKDB);

    private static final String ONLY_TABLE_BEHIND = """
            select distinct n.nspname, c.relname
            from pg_catalog.pg_class v
            join pg_catalog.pg_namespace o on o.oid = v.relnamespace
            join pg_catalog.pg_rewrite r on r.ev_class = v.oid
            join pg_catalog.pg_depend d on d.objid = r.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            join pg_catalog.pg_class c on c.oid = d.refobjid and c.oid <> v.oid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where o.nspname = ? and v.relname = ?""";

    /**
     * Asks for columns, keys, indexes and references.
     *
     * @throws UndraftedException for one without a key
     */
    static TableDraft of(LentConnection connection, Relation relation, String name)
            throws SQLException, UndraftedException {
        String quote = quote(connection);
        List<DraftedColumn> all =
                DraftedColumn.of(connection.connection(), relation.quoted(quote), connection.dialect());
        List<DraftedColumn> named =
                all.stream().filter(column -> !column.name().isBlank()).toList();
        List<DraftedColumn> columns = connection.dialect() == Dialect.DUCKDB
                ? new DuckdbKeys(connection.connection(), relation).declared(named)
                : named;
        Keys keys = new Keys(connection);
        List<String> primary = relation.view() ? List.of() : keys.primary(relation);
        List<Index> indexes = hasIndexes(connection, relation) ? keys.indexes(relation) : List.of();
        KeySearch search = new KeySearch(connection, relation, columns);
        boolean holes = search.hasNullInPrimary(primary);
        List<String> key = primary.isEmpty() || holes ? search.find(keys, indexes) : primary;
        if (key.isEmpty()) {
            throw new UndraftedException(holes ? NULL_IN_PRIMARY : relation.view() ? NO_KEY_OF_A_VIEW : NO_KEY);
        }
        refuseKey(key, columns);
        refuseSortOf(key, keys, relation);
        Set<String> indexed =
                indexes.stream().map(index -> index.columns().get(0)).collect(Collectors.toCollection(HashSet::new));
        indexed.add(key.get(0));
        DateFilters filters = new DateFilters(connection, relation.quoted(quote), quote).search(columns, indexed);
        DraftedDataset dataset = new DraftedDataset(
                name,
                relation,
                columns,
                key,
                new DateFilterList(filters.found(), filters.remarks()),
                relation.view() ? Map.of() : keys.references(relation),
                quote);
        boolean proven = key.equals(primary) || (WHOLE_INDEXES.contains(connection.dialect()) && !relation.view());
        return new TableDraft(dataset, proven);
    }

    private static String quote(LentConnection connection) throws SQLException {
        String quote = connection.connection().getMetaData().getIdentifierQuoteString();
        return quote == null || quote.isBlank() ? "\"" : quote;
    }

    /** SQLite's views have none, and its driver fails when it is asked. */
    private static boolean hasIndexes(LentConnection connection, Relation relation) {
        return !relation.view() || connection.dialect() == Dialect.POSTGRESQL;
    }

    /** What a catalog has no words for. */
    private static void refuseKey(List<String> key, List<DraftedColumn> columns) throws UndraftedException {
        for (String part : key) {
            String small = part.toLowerCase(Locale.ROOT);
            boolean known = columns.stream().anyMatch(column -> column.name().equals(part));
            if (!known || !part.equals(part.strip()) || small.endsWith(" desc") || small.endsWith(" asc")) {
                throw new UndraftedException("the key's column \"" + part
                        + "\" has a name that no catalog can have in a key; give it an alias in a dataset of your own");
            }
        }
    }

    /** MariaDB sorts a list of words by their numbers, and compares it with a word by its letters. */
    private static void refuseSortOf(List<String> key, Keys keys, Relation relation)
            throws SQLException, UndraftedException {
        for (String column : keys.listsOfWords(relation)) {
            if (key.contains(column)) {
                throw new UndraftedException("the key's column \"" + column + "\" is an enum or set, which the database"
                        + " sorts otherwise than it compares it; have concat(" + column + ") as the key of a dataset"
                        + " of your own");
            }
        }
    }

    /** Looks for a key where there is no primary one. */
    private record KeySearch(LentConnection connection, Relation relation, List<DraftedColumn> columns) {
        /** Rows that are looked at: enough for most tables, and some tenths of a second. */
        private static final int LOOKED_AT = 1_000_000;

        /** SQLite alone has such: elsewhere a primary key is declared not null by itself. */
        boolean hasNullInPrimary(List<String> primary) throws SQLException {
            List<DraftedColumn> nullable = columns.stream()
                    .filter(column -> primary.contains(column.name()) && !column.notNull())
                    .toList();
            if (connection.dialect() != Dialect.SQLITE || nullable.isEmpty()) {
                return false;
            }
            // One column is looked up in its index; of several the rows are gone through.
            String quote = quote(connection);
            String rows = relation.quoted(quote);
            return hasNull(
                    nullable, nullable.size() == 1 ? rows : "(select * from " + rows + " limit " + LOOKED_AT + ")");
        }

        private boolean hasNull(List<DraftedColumn> parts, String rows) throws SQLException {
            String quote = quote(connection);
            String nulls = parts.stream()
                    .map(part -> Relation.quoted(part.name(), quote) + " is null")
                    .collect(Collectors.joining(" or "));
            try (Statement statement = connection.connection().createStatement();
                    ResultSet found =
                            statement.executeQuery("select 1 from " + rows + " where " + nulls + " limit 1")) {
                return found.next();
            }
        }

        List<String> find(Keys keys, List<Index> indexes) throws SQLException {
            List<String> unique = unique(indexes);
            // A view with indexes has rows of its own, which no key of the table keeps apart.
            return unique.isEmpty() && relation.view() && indexes.isEmpty() ? ofTheTableBehind(keys) : unique;
        }

        private List<String> unique(List<Index> indexes) throws SQLException {
            for (Index index : indexes) {
                List<DraftedColumn> parts = new ArrayList<>();
                index.columns()
                        .forEach(part -> columns.stream()
                                .filter(column -> column.name().equals(part))
                                .forEach(parts::add));
                if (index.unique() && parts.size() == index.columns().size() && haveNoNull(parts)) {
                    return parts.stream().map(DraftedColumn::name).toList();
                }
            }
            return List.of();
        }

        /** Columns of a materialized view are never declared so, and are looked at. */
        private boolean haveNoNull(List<DraftedColumn> parts) throws SQLException {
            if (parts.stream().allMatch(DraftedColumn::notNull)) {
                return true;
            } else if (!relation.view()) {
                return false;
            }
            return !hasNull(parts, relation.quoted(quote(connection)));
        }

        private List<String> ofTheTableBehind(Keys keys) throws SQLException {
            List<String> primary = connection.dialect() == Dialect.POSTGRESQL ? behindPostgresql(keys) : behind(keys);
            List<String> names = columns.stream().map(DraftedColumn::name).toList();
            return names.containsAll(primary) ? primary : List.of();
        }

        /** As the driver tells of each column. */
        private List<String> behind(Keys keys) throws SQLException {
            List<String> tables = columns.stream()
                    .map(DraftedColumn::table)
                    .filter(table -> !table.isEmpty())
                    .distinct()
                    .toList();
            return tables.size() == 1 ? keys.primary(relation.catalog(), relation.schema(), tables.get(0)) : List.of();
        }

        /** Its driver takes the view for the table. */
        private List<String> behindPostgresql(Keys keys) throws SQLException {
            try (PreparedStatement statement = connection.connection().prepareStatement(ONLY_TABLE_BEHIND)) {
                statement.setString(1, relation.schema());
                statement.setString(2, relation.name());
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        return List.of();
                    }
                    String schema = rows.getString(1);
                    String table = rows.getString(2);
                    return rows.next() ? List.of() : keys.primary(relation.catalog(), schema, table);
                }
            }
        }
    }
}
