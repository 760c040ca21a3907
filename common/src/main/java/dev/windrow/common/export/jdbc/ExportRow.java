package dev.windrow.common.export.jdbc;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Export.Attempts;
import dev.windrow.common.export.Export.Outcome;
import dev.windrow.common.export.Export.Run;
import dev.windrow.common.export.Export.Times;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports.Listed;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an {@link Export} of a row. */
final class ExportRow {
    private ExportRow() {}

    static Export read(ResultSet row, int number) throws SQLException {
        return new Export(
                id(row),
                new Export.Holder(row.getString("owner"), GrantJson.read(row.getString("granted"))),
                request(row),
                State.of(row.getString("state")),
                run(row),
                times(row),
                outcome(row));
    }

    static ExportId id(ResultSet row) throws SQLException {
        return new ExportId(UUID.fromString(row.getString("id")));
    }

    /** As {@link #read}, where long parameters were left in the table. */
    static Listed listed(ResultSet row, int number) throws SQLException {
        boolean omitted = row.getString("parameters") == null;
        return new Listed(read(row, number), omitted);
    }

    private static Run run(ResultSet row) throws SQLException {
        Attempts attempts =
                new Attempts(row.getLong("claim"), row.getInt("attempt"), row.getInt("losses"), row.getInt("failures"));
        return new Run(
                attempts,
                progress(row),
                ExportJson.cutoff(row.getString("cutoff"), row.getString("cutoff_keys")),
                ExportJson.checkpoint(row.getString("checkpoint")),
                artifact(row, "intent"),
                ExportJson.replica(row.getString("replica")),
                new Export.Trace(row.getString("traceparent"), row.getString("run_traceparent")));
    }

    private static Times times(ResultSet row) throws SQLException {
        return new Times(
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "started_at"),
                time(row, "claimed_at"),
                time(row, "finished_at"),
                time(row, "expires_at"),
                time(row, "not_before"),
                time(row, "lease_until"));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        return new Outcome(
                artifact(row, "artifact"),
                ExportJson.warnings(row.getString("warnings")),
                failure(row),
                row.getInt("link_epoch"));
    }

    /** The store is a column of its own, which sweeps ask for. */
    private static @Nullable Artifact artifact(ResultSet row, String column) throws SQLException {
        Artifact artifact = ExportJson.artifact(row.getString(column));
        return artifact == null ? null : artifact.in(row.getString("store"));
    }

    private static ExportRequest request(ResultSet row) throws SQLException {
        String format = row.getString("format");
        String parameters = row.getString("parameters");
        return new ExportRequest(
                row.getString("dataset"),
                Format.of(format).orElseThrow(() -> new IllegalStateException("format: " + format)),
                parameters == null ? Map.of() : ExportJson.parameters(parameters),
                ExportJson.names(row.getString("column_names")),
                ExportJson.options(row.getString("options")),
                row.getString("file_name"));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        double value = row.getDouble("percent");
        Double percent = row.wasNull() ? null : value;
        return new Progress(
                Phase.of(row.getString("phase")),
                row.getLong("rows_written"),
                number(row, "rows_total"),
                percent,
                row.getLong("bytes_written"),
                new Pace(row.getLong("rows_per_second"), time(row, "last_row_at")),
                number(row, "resumed_from_row"));
    }

    private static @Nullable Failure failure(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new Failure(FailureCode.of(code), row.getString("error_detail"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
