package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sizes from the status table over JDBC. */
public final class JdbcExportSizes implements ExportSizes {
    private final JdbcClient reader;
    private final Statements statements;

    public JdbcExportSizes(StatusDatabase database) {
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public List<Unfinished> unfinished() {
        return statements.read(() ->
                reader.sql(ExportSql.UNFINISHED).query(JdbcExportSizes::row).list());
    }

    @Override
    public List<Long> archives(String dataset, int limit) {
        return statements.read(() -> reader.sql(ExportSql.ARCHIVES)
                .param("dataset", dataset)
                .param("limit", limit)
                .query(Long.class)
                .list());
    }

    private static Unfinished row(ResultSet row, int number) throws SQLException {
        long total = row.getLong("rows_total");
        Long known = row.wasNull() ? null : total;
        return new Unfinished(
                row.getString("dataset"),
                State.of(row.getString("state")) == State.RUNNING,
                known,
                row.getLong("rows_written"),
                row.getLong("bytes_written"));
    }
}
