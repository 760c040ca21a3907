package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.ExportUpkeep.Lease;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sweeps' side of the status table over JDBC. Every call is one statement in autocommit. */
public final class JdbcExportUpkeep implements ExportUpkeep {
    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;

    public JdbcExportUpkeep(StatusDatabase database) {
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public List<Lease> held() {
        return statements.read(() ->
                reader.sql(ExportSql.HELD_NOW).query(JdbcExportUpkeep::lease).list());
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                new Claim(ExportRow.id(row), row.getLong("claim")),
                row.getString("lease_owner"),
                Instant.ofEpochMilli(row.getLong("lease_until")),
                row.getInt("losses"));
    }

    @Override
    public boolean lose(Lease lease) {
        MapSqlParameterSource values = Parameters.of(lease.claim())
                .addValue("leaseUntil", lease.leaseUntil().toEpochMilli());
        return change(lease.claim(), ExportSql.LOSE, values, State.QUEUED);
    }

    @Override
    public boolean giveUp(Lease lease, Failure failure, Instant finishedAt) {
        MapSqlParameterSource values = Parameters.failure(lease.claim(), failure)
                .addValue("leaseUntil", lease.leaseUntil().toEpochMilli())
                .addValue("finishedAt", finishedAt.toEpochMilli());
        return change(lease.claim(), ExportSql.GIVE_UP, values, State.FAILED);
    }

    private boolean change(Claim claim, String sql, MapSqlParameterSource values, State landed) {
        return statements.change(
                () -> writer.sql(sql).paramSource(values).update(),
                () -> among(List.of(claim.id())).stream()
                        .anyMatch(row -> row.lastClaim().number() == claim.number() && row.state() == landed));
    }

    @Override
    public List<ExportId> due(Instant now, int limit) {
        return statements.read(() -> reader.sql(ExportSql.DUE)
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query((row, number) -> ExportRow.id(row))
                .list());
    }

    @Override
    public List<Export> among(Collection<ExportId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return statements.read(() -> reader.sql(ExportSql.AMONG)
                .param("ids", texts(ids))
                .query(ExportRow::read)
                .list());
    }

    @Override
    public Set<ExportId> forgottenAmong(Collection<ExportId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(statements.read(() -> reader.sql(ExportSql.FORGOTTEN_AMONG)
                .param("ids", texts(ids))
                .query((row, number) -> ExportRow.id(row))
                .list()));
    }

    @Override
    public void dropForgotten(Instant before) {
        drop(ExportSql.DROP_FORGOTTEN, before.toEpochMilli());
        drop(ExportSql.DROP_USE, TimeUnit.MILLISECONDS.toHours(before.toEpochMilli()));
        drop(ExportSql.DROP_PACE, TimeUnit.MILLISECONDS.toMicros(before.toEpochMilli()));
    }

    private void drop(String sql, long before) {
        statements.change(() -> writer.sql(sql).param("before", before).update(), () -> true);
    }

    private static List<String> texts(Collection<ExportId> ids) {
        if (ids.size() > MOST_IDS) {
            throw new IllegalArgumentException("ids: " + ids.size() + ", at most " + MOST_IDS);
        }
        return ids.stream().map(ExportId::toString).toList();
    }
}
