package dev.windrow.common.statistics.jdbc;

import dev.windrow.common.statistics.ExportStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts in the status database. */
public final class JdbcExportStatistics implements ExportStatistics {
    private static final String COUNT =
            "select state, dataset, format, count(*) as exports, sum(bytes_written) as bytes";

    /** Two halves, each of which has an index of its own. */
    private static final String ACTIVE = COUNT + " from exports where state = 'queued' group by state, dataset, format"
            + " union all " + COUNT + " from exports where state = 'running' group by state, dataset, format";

    private static final String ENDED = COUNT
            + " from exports where state in ('completed', 'failed', 'cancelled', 'expired')"
            + " group by state, dataset, format";

    /** Without greatest(), which SQLite calls max(). */
    private static final String OLDEST_DUE = """
            select min(case when claimed_at > asked then claimed_at else asked end)
            from (
                select claimed_at, case when not_before > created_at then not_before else created_at end as asked
                from exports
                where state = 'queued' and (not_before is null or not_before <= :now)
            ) as due
            """;

    private static final String RUNNING = """
            select id, owner, dataset, lease_owner, claimed_at, lease_until, rows_written, percent
            from exports
            where state = 'running'
            order by claimed_at, id
            limit :limit
            """;

    private static final String OF_A_SOURCE =
            " and error_code in ('source-unavailable', 'source-query-failed', 'rows-lost')";

    private static final String SOURCE_ERRORS = "select * from ("
            + "select *, row_number() over (partition by dataset order by at desc, id desc) as place from ("
            + "select dataset, id, finished_at as at, error_code, error_detail from exports"
            + " where state = 'failed' and finished_at >= :since" + OF_A_SOURCE
            + " union all select dataset, id, claimed_at as at, error_code, error_detail from exports"
            + " where state = 'queued' and claimed_at >= :since" + OF_A_SOURCE
            + ") as each_error) as errors where place = 1 order by dataset";

    private static final String COMPLETED = """
            select dataset, max(finished_at) as at
            from exports
            where state = 'completed' and finished_at >= :since
            group by dataset
            """;

    private final Reading reading;

    /** Runs a query on a connection that reads, and again where the database stumbles. */
    @FunctionalInterface
    public interface Reading {
        <T> T of(Function<JdbcClient, T> query);
    }

    public JdbcExportStatistics(Reading reading) {
        this.reading = reading;
    }

    @Override
    public List<Group> active() {
        return groups(ACTIVE);
    }

    @Override
    public List<Group> ended() {
        return groups(ENDED);
    }

    private List<Group> groups(String sql) {
        return reading.of(client -> client.sql(sql)
                .query((row, number) -> new Group(
                        row.getString("state"),
                        row.getString("dataset"),
                        row.getString("format"),
                        row.getLong("exports"),
                        row.getLong("bytes")))
                .list());
    }

    @Override
    public Optional<Instant> oldestDue(Instant now) {
        return reading.of(client -> client.sql(OLDEST_DUE)
                .param("now", now.toEpochMilli())
                .query(JdbcExportStatistics::moment)
                .single());
    }

    @Override
    public List<Running> running(int limit) {
        return reading.of(client -> client.sql(RUNNING)
                .param("limit", limit)
                .query((row, number) -> new Running(
                        row.getString("id"),
                        row.getString("owner"),
                        row.getString("dataset"),
                        row.getString("lease_owner"),
                        time(row, "claimed_at"),
                        time(row, "lease_until"),
                        new Done(row.getLong("rows_written"), percent(row))))
                .list());
    }

    @Override
    public List<SourceError> sourceErrors(Instant since) {
        return reading.of(client -> client.sql(SOURCE_ERRORS)
                .param("since", since.toEpochMilli())
                .query((row, number) -> new SourceError(
                        row.getString("dataset"),
                        row.getString("id"),
                        time(row, "at"),
                        row.getString("error_code"),
                        row.getString("error_detail")))
                .list());
    }

    @Override
    public Map<String, Instant> completed(Instant since) {
        return reading
                .of(client -> client.sql(COMPLETED)
                        .param("since", since.toEpochMilli())
                        .query((row, number) -> Map.entry(row.getString("dataset"), time(row, "at")))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Double percent(ResultSet row) throws SQLException {
        double percent = row.getDouble("percent");
        return row.wasNull() ? null : percent;
    }

    private static Optional<Instant> moment(ResultSet row, int number) throws SQLException {
        long millis = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
