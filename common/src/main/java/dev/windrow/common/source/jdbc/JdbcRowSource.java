package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.Choice;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.SourceWatch;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.RowMemory;
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
import java.util.List;
import java.util.Objects;
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
    public String maskedBy() {
        return key.id();
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        Subject subject = dataset.subject();
        if (subject == null) {
            return true;
        }
        return ask(
                dataset.source(),
                new Question(subject.query(), parameters, 1, "the subject of " + dataset.name()),
                limit,
                ResultSet::next);
    }

    @Override
    public List<Choice> choices(Dataset dataset, Parameter parameter, BoundParameters bound, int most, Duration limit)
            throws SourceException {
        String query = Objects.requireNonNull(parameter.choices(), "choices");
        return ask(
                dataset.source(),
                new Question(query, bound, most, "the values of " + dataset.name()),
                limit,
                rows -> JdbcChoices.read(
                        rows, parameter, most, Dialect.of(dataset.source().url())));
    }

    /** @param what it is about, for who reads the log */
    private record Question(String query, BoundParameters parameters, int most, String what) {}

    /** Takes the answer from its rows, at most as many as the question says. */
    @FunctionalInterface
    private interface Answer<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T ask(Source source, Question question, Duration limit, Answer<T> answer) throws SourceException {
        Cancellation cancellation = new Cancellation(Dialect.of(source.url()));
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                cancellation::cancel, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return ask(source, question, limit, cancellation, RowMemory.Rows.USUAL, answer);
        } catch (SourceException e) {
            if (e.kind() != Kind.ROW_TOO_LONG) {
                throw e;
            }
            return ask(source, question, limit, cancellation, RowMemory.Rows.HUGE, answer);
        } finally {
            end.cancel(false);
        }
    }

    private <T> T ask(
            Source source,
            Question question,
            Duration limit,
            Cancellation cancellation,
            RowMemory.Rows rows,
            Answer<T> answer)
            throws SourceException {
        Dialect dialect = Dialect.of(source.url());
        NamedSql.Bound bound = NamedSql.parse(question.query, dialect).bind(question.parameters.sql());
        try (RowMemory.Turn turn = connections.memory().turn(rows, cancellation);
                LentConnection connection = connections.lend(source, rows, limit)) {
            try {
                connection.expect(rows, 1, connections.memory());
                return ask(connection, bound, question.most, cancellation, answer);
            } catch (SQLException e) {
                connection.discard();
                throw cancellation.isCancelled()
                        ? SourceErrors.cancelled()
                        : SourceErrors.of(e, dialect, "The source database refused " + question.what + ".");
            }
        }
    }

    private static <T> T ask(
            LentConnection connection, NamedSql.Bound bound, int most, Cancellation cancellation, Answer<T> answer)
            throws SQLException, SourceException {
        // Not every database takes two columns of one name within another query, but DuckDB's driver takes no limit.
        boolean within = connection.dialect().isBuiltIn() || connection.dialect() == Dialect.DUCKDB;
        String sql =
                within ? connection.dialect().limit("select * from (\n" + bound.sql() + "\n) q", most) : bound.sql();
        try (PreparedStatement statement = connection.prepare(sql, most)) {
            Bindings.bind(statement, 1, bound.values(), connection.dialect());
            cancellation.begin(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return answer.read(rows);
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
                plain -> new JdbcRowReader(
                        rows -> connections.lend(plain.source(), rows, null), plain, connections, RowMemory.Rows.USUAL),
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
