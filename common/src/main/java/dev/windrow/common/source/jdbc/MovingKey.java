package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.KeysetSql.Entry;
import dev.windrow.common.source.jdbc.KeysetSql.Marks;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a key a window function makes. Such a part counts rows, and names another one when rows come or go before it. Other expressions
 * and groups stay with what they are made of.
 */
final class MovingKey {
    private final List<KeyPart> key;
    private final Map<String, SqlText> views;
    private final SqlText query;
    private final List<Integer> moving;

    private MovingKey(List<KeyPart> key, SqlText query, Map<String, SqlText> views, List<Integer> moving) {
        this.key = key;
        this.query = query;
        this.views = views;
        this.moving = moving;
    }

    static MovingKey of(LentConnection connection, RowSelection selection) throws SQLException {
        DatasetFile file = selection.file();
        NamedSql.Bound query = NamedSql.parse(file.query(), connection.dialect())
                .bind(selection.parameters().sql());
        List<String> columns = selection.columns().stream().map(Column::name).toList();
        return of(connection, query, columns, file.key());
    }

    static MovingKey of(LentConnection connection, NamedSql.Bound query, List<String> columns, List<KeyPart> key)
            throws SQLException {
        SqlText text = SqlText.of(query.sql(), connection.dialect());
        Map<String, SqlText> views = key.isEmpty() ? Map.of() : SqlViews.of(connection, text);
        MovingKey found = new MovingKey(key, text, views, new ArrayList<>());
        if (found.texts().stream().anyMatch(SqlText::hasWindow)) {
            found.find(connection, query, columns);
        }
        return found;
    }

    private List<SqlText> texts() {
        List<SqlText> texts = new ArrayList<>(views.values());
        texts.add(query);
        return texts;
    }

    private void find(LentConnection connection, NamedSql.Bound query, List<String> columns) throws SQLException {
        Dialect dialect = connection.dialect();
        List<String> untyped = Collections.nCopies(key.size(), "?");
        KeysetSql any = new KeysetSql(
                query.sql(), columns, key, untyped, Marks.NONE, Entry.PLAIN, Names.of(connection), dialect);
        try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
            Bindings.bind(statement, 1, query.values(), dialect);
            ResultSetMetaData metaData = statement.getMetaData();
            for (int part = 0; part < key.size(); part++) {
                if (mayMove(dialect, metaData, columns.size() + part + 1, part)) {
                    moving.add(part);
                }
            }
        }
    }

    /** Drivers of other databases tell of no column's origin what could be relied on. */
    private boolean mayMove(Dialect dialect, ResultSetMetaData metaData, int column, int part) throws SQLException {
        if (dialect == Dialect.OTHER) {
            return query.makes(key.get(part).column());
        }
        String table = SqlText.name(metaData.getTableName(column));
        // SQLite names the table of a view's column, and of the rows of several selects that of one of them.
        boolean oneSelects = dialect == Dialect.POSTGRESQL || texts().stream().noneMatch(SqlText::isCompound);
        return table.isEmpty() || views.containsKey(table) || !oneSelects;
    }

    /** Whether the key may name another row later. */
    boolean moves() {
        return !moving.isEmpty();
    }

    /** The columns of the key that a window function makes, as far as that is sure. */
    List<String> made() {
        return moving.stream()
                .map(part -> key.get(part).column())
                .filter(column -> texts().stream().anyMatch(text -> text.makes(column)))
                .toList();
    }
}
