package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.MovingKey;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sql.Names;
import dev.windrow.common.source.jdbc.value.ColumnTypes;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks live databases about the catalog's queries, without running these. Safe for use by many threads. */
public final class JdbcSourceInspector implements SourceInspector {
    private final SourceConnections connections;

    /** @param connections the caller closes them */
    public JdbcSourceInspector(SourceConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<Column> describe(Source source, String query, List<Parameter> parameters) throws InspectionException {
        NamedSql.Bound bound =
                SampledQuery.of(query, parameters, Dialect.of(source.url())).bound();
        return ask(source, connection -> {
            List<Column> columns = columns(connection, bound);
            refuseWhatIsNoSelect(connection, bound);
            return columns;
        });
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(LentConnection connection) throws SQLException, InspectionException;
    }

    private <T> T ask(Source source, Question<T> question) throws InspectionException {
        try (LentConnection connection = connections.lend(source)) {
            try {
                return question.ask(connection);
            } catch (SQLException e) {
                connection.discard();
                throw e;
            }
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    /** The query will stand inside another, where only one that reads may. */
    private static void refuseWhatIsNoSelect(LentConnection connection, NamedSql.Bound bound)
            throws SQLException, InspectionException {
        String inside = "select 1 from (\n" + bound.sql() + "\n) q";
        try (PreparedStatement statement = connection.prepareColumns(inside)) {
            if (connection.dialect() == Dialect.SQLITE
                    && statement.getParameterMetaData().getParameterCount()
                            != bound.values().size()) {
                throw new InspectionException("the query has parameters in another form than :name");
            }
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            // PostgreSQL's driver sends nothing before it is asked for something.
            connection.columns(statement);
        }
    }

    private static List<Column> columns(LentConnection connection, NamedSql.Bound bound)
            throws SQLException, InspectionException {
        try (PreparedStatement statement = connection.prepareColumns(bound.sql())) {
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            ResultSetMetaData metaData = connection.columns(statement);
            if (metaData == null) {
                throw new InspectionException("the query gives no rows");
            }
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                ColumnType type = ColumnTypes.of(statement, metaData, i, connection.dialect());
                columns.add(new Column(metaData.getColumnLabel(i), type, false, null));
            }
            return columns;
        }
    }

    @Override
    public Set<String> parameters(Source source, String query) throws InspectionException {
        return SampledQuery.parse(query, Dialect.of(source.url())).names();
    }

    @Override
    public Optional<String> refusesSnapshot(Source source) throws InspectionException {
        if (!Dialect.of(source.url()).isBuiltIn()) {
            return Optional.of("snapshots are for SQLite and PostgreSQL; write consistency: batch");
        }
        try (LentConnection connection = connections.lend(source)) {
            return connection.holdsWritersUp()
                    ? Optional.of(
                            "a snapshot would hold up whoever writes to the source, since its file has a rollback journal;"
                                    + " write consistency: batch, or switch the file to WAL (pragma journal_mode = wal)")
                    : Optional.empty();
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    @Override
    public boolean areOneName(Source source, String one, String other) throws InspectionException {
        try (LentConnection connection = connections.lend(source)) {
            return Names.areOne(connection, one, other);
        } catch (SQLException | SourceException e) {
            throw inspectionFailed(e);
        }
    }

    @Override
    public void prepareReading(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        SampledQuery sampled = SampledQuery.of(query, parameters, Dialect.of(source.url()));
        ask(source, connection -> {
            KeyOrder.check(new KeyStatements(connection, sampled.bound(), key));
            return true;
        });
    }

    @Override
    public Uniqueness uniqueness(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        Dialect dialect = Dialect.of(source.url());
        SampledQuery sampled = SampledQuery.of(query, parameters, dialect);
        return switch (dialect) {
            case SQLITE ->
                ask(
                        source,
                        connection -> new SqliteKeys(new KeyStatements(connection, sampled.bound(), key)).uniqueness());
            case POSTGRESQL ->
                ask(
                        source,
                        connection -> new PostgresqlKeys(new KeyStatements(connection, sampled.bound(), key), sampled)
                                .uniqueness());
            case MARIADB, H2, DUCKDB, OTHER -> Uniqueness.UNKNOWN;
        };
    }

    @Override
    public List<Remark> remarks(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        Dialect dialect = Dialect.of(source.url());
        SampledQuery sampled = SampledQuery.of(query, parameters, dialect);
        return switch (dialect) {
            case SQLITE ->
                ask(source, connection -> {
                    KeyStatements statements = new KeyStatements(connection, sampled.bound(), key);
                    return joined(new SqliteKeys(statements).nullable(), new SqlitePlan(statements, sampled).remarks());
                });
            case POSTGRESQL ->
                ask(source, connection -> {
                    KeyStatements statements = new KeyStatements(connection, sampled.bound(), key);
                    return joined(
                            new PostgresqlKeys(statements, sampled).nullable(),
                            new PostgresqlPlan(statements, sampled).remarks());
                });
            case MARIADB, H2, DUCKDB, OTHER -> List.of();
        };
    }

    @Override
    public List<String> movingKeys(Source source, String query, List<Parameter> parameters, List<KeyPart> key)
            throws InspectionException {
        SampledQuery sampled = SampledQuery.of(query, parameters, Dialect.of(source.url()));
        return ask(
                source,
                connection -> MovingKey.of(connection, sampled.bound(), key).made());
    }

    private static List<Remark> joined(List<Remark> some, List<Remark> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static InspectionException inspectionFailed(Exception e) {
        Throwable cause = e instanceof SourceException && e.getCause() != null ? e.getCause() : e;
        return new InspectionException(KeyOrder.words(cause), e);
    }
}
