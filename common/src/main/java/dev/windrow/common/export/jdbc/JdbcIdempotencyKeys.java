package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.IdempotencyKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Repeated starts, over JDBC. Every call is a statement or two in autocommit. */
public final class JdbcIdempotencyKeys implements IdempotencyKeys {
    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;

    public JdbcIdempotencyKeys(StatusDatabase database) {
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public boolean insert(Export export, Key key, Instant freeBefore) {
        MapSqlParameterSource values = Parameters.start(export)
                .addValue("freeBefore", freeBefore.toEpochMilli())
                .addValue("key", key.value())
                .addValue("digest", key.digest());
        var unused = statements.change(() -> update(IdempotencyKeysSql.FREE_KEY, values), () -> false);
        return statements.change(
                () -> update(IdempotencyKeysSql.INSERT, values),
                () -> reader.sql(ExportSql.FIND)
                        .paramSource(values)
                        .query(ExportRow::read)
                        .optional()
                        .isPresent());
    }

    @Override
    public Optional<Earlier> find(String owner, String key, Instant since) {
        return statements.read(() -> reader.sql(IdempotencyKeysSql.BY_KEY)
                .param("owner", owner)
                .param("key", key)
                .param("since", since.toEpochMilli())
                .query(JdbcIdempotencyKeys::earlier)
                .optional());
    }

    @Override
    public List<Export> completed(String owner, ExportRequest like, Instant since, Instant now) {
        return statements.read(() -> reader.sql(IdempotencyKeysSql.COMPLETED)
                .param("owner", owner)
                .param("dataset", like.dataset())
                .param("format", like.format().id())
                .param("since", since.toEpochMilli())
                .param("now", now.toEpochMilli())
                .query(ExportRow::read)
                .list());
    }

    private static Earlier earlier(ResultSet row, int number) throws SQLException {
        return new Earlier(ExportRow.read(row, number), row.getString("idempotency_digest"));
    }

    private int update(String sql, MapSqlParameterSource values) {
        return writer.sql(sql).paramSource(values).update();
    }
}
