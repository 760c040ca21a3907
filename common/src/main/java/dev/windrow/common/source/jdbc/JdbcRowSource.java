package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.connect.SourceErrors;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.source.jdbc.mask.MaskedRows;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The rows of any JDBC database, read by key: a leg is one query that begins after the last row of the one before. */
public final class JdbcRowSource implements RowSource {
    private final SourceConnections connections;
    private final MaskKey key;

    /** @param connections the caller closes them */
    public JdbcRowSource(SourceConnections connections) {
        this(connections, MaskKey.NONE);
    }

    /**
     * A source that can hash masked values.
     *
     * @param connections the caller closes them
     */
    public JdbcRowSource(SourceConnections connections, MaskKey key) {
        this.connections = connections;
        this.key = key;
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        Subject subject = dataset.subject();
        if (subject == null) {
            return true;
        }
        Dialect dialect = Dialect.of(dataset.source().url());
        NamedSql.Bound bound = NamedSql.parse(subject.query(), dialect).bind(parameters.sql());
        Cancellation cancellation = new Cancellation(dialect);
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                cancellation::cancel, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try (LentConnection connection = connections.lend(dataset.source(), limit)) {
            try {
                return givesRow(connection, bound, cancellation);
            } catch (SQLException e) {
                connection.discard();
                throw cancellation.isCancelled()
                        ? SourceErrors.cancelled()
                        : SourceErrors.of(
                                e, dialect, "The source database refused the subject of " + dataset.name() + ".");
            }
        } finally {
            end.cancel(false);
        }
    }

    private static boolean givesRow(LentConnection connection, NamedSql.Bound bound, Cancellation cancellation)
            throws SQLException, SourceException {
        String sql = connection.dialect().limit("select 1 from (\n" + bound.sql() + "\n) q", 1);
        try (PreparedStatement statement = connection.prepare(sql, 1)) {
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            cancellation.begin(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            } finally {
                cancellation.end(statement);
                if (cancellation.isCancelled()) {
                    // The cancel may still be on its way.
                    connection.discard();
                }
            }
        }
    }

    @Override
    public RowReader open(RowSelection selection) {
        return MaskedRows.open(
                selection,
                plain -> new JdbcRowReader(() -> connections.lend(plain.source()), plain, connections.timer()),
                key);
    }

    @Override
    public SourceWatch watch(Source source) throws SourceException {
        return Dialect.of(source.url()) == Dialect.SQLITE
                ? SqliteWatch.begin(connections.lend(source))
                : SourceWatch.NOTHING;
    }

    @Override
    public Snapshot snapshot(Source source) throws SourceException {
        return JdbcSnapshot.begin(connections, source, key);
    }
}
