package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of ended exports, over JDBC. Every call is a statement or two in autocommit. */
public final class JdbcRetention implements Retention {
    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;

    public JdbcRetention(StatusDatabase database) {
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public List<ExportId> expire(Instant now, Instant recordsBefore) {
        return statements.changeOnce(() -> writer.sql(RetentionSql.EXPIRE)
                .param("now", now.toEpochMilli())
                .param("before", recordsBefore.toEpochMilli())
                .query((row, number) -> ExportRow.id(row))
                .list());
    }

    @Override
    public List<Export> leftovers(int limit) {
        return statements.read(() -> reader.sql(RetentionSql.LEFTOVERS)
                .param("limit", limit)
                .query(ExportRow::read)
                .list());
    }

    @Override
    public boolean removed(Claim claim) {
        MapSqlParameterSource values = Parameters.of(claim);
        return statements.change(
                () -> writer.sql(RetentionSql.REMOVED).paramSource(values).update(), () -> false);
    }

    @Override
    public int forget(Instant endedBefore, int limit) {
        return statements.changeOnce(() -> writer.sql(RetentionSql.FORGET)
                .param("before", endedBefore.toEpochMilli())
                .param("limit", limit)
                .update());
    }

    @Override
    public Optional<Export> takeUnchecked(Instant checkedBefore, Instant now, Artifact.Store own) {
        return statements.changeOnce(() -> writer.sql(RetentionSql.TAKE_UNCHECKED)
                .param("before", checkedBefore.toEpochMilli())
                .param("now", now.toEpochMilli())
                .param("store", own.name())
                .param("unnamed", own.isOnly() ? 1 : 0)
                .query(ExportRow::read)
                .optional());
    }

    @Override
    public long elsewhere(Artifact.Store own) {
        return statements.read(() -> reader.sql(RetentionSql.ELSEWHERE)
                .param("store", own.name())
                .query(Long.class)
                .single());
    }

    @Override
    public boolean condemn(Claim claim, Failure failure, Instant now) {
        MapSqlParameterSource values = Parameters.failure(claim, failure).addValue("now", now.toEpochMilli());
        return statements.change(
                () -> writer.sql(RetentionSql.CONDEMN).paramSource(values).update(), () -> false);
    }
}
