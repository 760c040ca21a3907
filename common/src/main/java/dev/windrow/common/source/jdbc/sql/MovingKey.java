package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Marks;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which parts of a key a window function makes. Such a part counts rows, and names another one when rows come or go
 * before it. Other expressions and groups stay with what they are made of.
 */
public final class MovingKey {
    private static final Logger log = LoggerFactory.getLogger(MovingKey.class);

    /** What {@link KeysetSql} calls the query. */
    private static final String AROUND = SqlText.name("q");

    private final LentConnection connection;
    private final NamedSql.Bound query;
    private final List<KeyPart> key;
    private final SqlText text;
    private final SqlViews views;
    private final List<String> moving = new ArrayList<>();

    private MovingKey(LentConnection connection, NamedSql.Bound query, List<KeyPart> key) throws SQLException {
        this.connection = connection;
        this.query = query;
        this.key = key;
        this.text = SqlText.of(query.sql(), connection.dialect());
        this.views = SqlViews.of(connection, text);
    }

    public static MovingKey of(LentConnection connection, RowSelection selection) throws SQLException {
        DatasetFile file = selection.file();
        NamedSql.Bound query = NamedSql.parse(file.query(), connection.dialect())
                .bind(selection.parameters().sql());
        return of(connection, query, file.key());
    }

    public static MovingKey of(LentConnection connection, NamedSql.Bound query, List<KeyPart> key) throws SQLException {
        MovingKey found = new MovingKey(connection, query, key);
        if (!key.isEmpty() && (found.views.areHidden() || found.texts().anyMatch(SqlText::hasWindow))) {
            found.find();
        }
        return found;
    }

    private Stream<SqlText> texts() {
        return Stream.concat(Stream.of(text), views.texts().stream());
    }

    private void find() throws SQLException {
        for (KeyPart part : key) {
            boolean moves = switch (connection.dialect()) {
                case SQLITE -> table(part).isEmpty() || texts().anyMatch(SqlText::isCompound);
                case POSTGRESQL -> (table(part).isEmpty() || views.have(table(part))) && plansWindow(part);
                case MARIADB, H2, DUCKDB, OTHER ->
                    isSeenThroughOnly(table(part)) || texts().anyMatch(SqlText::isCompound);
            };
            if (moves) {
                moving.add(part.column());
            }
        }
    }

    private String select(KeyPart part) throws SQLException {
        KeySql alone = new KeySql(List.of(part), List.of("?"), Names.of(connection), connection.dialect());
        return new KeysetSql(query.sql(), List.of(), alone, Marks.NONE, Entry.PLAIN).anyRow();
    }

    /**
     * The one that a part is a column of, for PostgreSQL maybe a view; of the rows of several selects SQLite names that
     * of one of them.
     */
    private String table(KeyPart part) throws SQLException {
        try (PreparedStatement statement = connection.prepareColumns(select(part))) {
            Bindings.bind(statement, 1, query.values(), connection.dialect());
            return SqlText.name(Objects.requireNonNull(connection.columns(statement), "columns")
                    .getTableName(1));
        }
    }

    /** Drivers name the table of a column that stands as it is, else none, the view, or the query around. */
    private boolean isSeenThroughOnly(String table) {
        return table.isEmpty() || table.equals(AROUND) || views.have(table);
    }

    /** Whether PostgreSQL needs a window for a part: it leaves out what nobody asks for. */
    private boolean plansWindow(KeyPart part) throws SQLException {
        if (views.hideWindow()) {
            return true;
        }
        try (PreparedStatement statement =
                connection.connection().prepareStatement("explain (costs off) " + select(part))) {
            Bindings.bind(statement, 1, query.values(), connection.dialect());
            try (ResultSet plan = statement.executeQuery()) {
                while (plan.next()) {
                    if (plan.getString(1).contains("WindowAgg")) {
                        return true;
                    }
                }
                return false;
            }
        } catch (SQLException e) {
            log.debug("PostgreSQL makes no plan of a key", e);
            connection.endTransaction();
            return true;
        }
    }

    /** Whether the key may name another row later. */
    public boolean moves() {
        return !moving.isEmpty();
    }

    /** The columns of the key that a window function makes, as far as that is sure. */
    public List<String> made() {
        return moving.stream()
                .filter(column -> texts().anyMatch(text -> text.makes(column)))
                .toList();
    }
}
