package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Progress;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Values by the names that {@link ExportSql} has for them. What may be null has its type, since PostgreSQL can't guess
 * it.
 */
final class Parameters {
    /** What a run may show at most: 100 says that the archive is whole and published. */
    private static final double MOST_WHILE_RUNNING = 99.99;

    private Parameters() {}

    static MapSqlParameterSource of(ExportId id) {
        return new MapSqlParameterSource("id", id.toString());
    }

    /** Of an export that was never claimed. */
    static MapSqlParameterSource start(Export export) {
        ExportRequest request = export.request();
        return of(export.id())
                .addValue("owner", export.owner())
                .addValue("granted", GrantJson.write(export.grant()))
                .addValue("createdAt", export.times().created().toEpochMilli())
                .addValue("dataset", request.dataset())
                .addValue("format", request.format().id())
                .addValue("parameters", ExportJson.write(request.parameters()))
                .addValue("columns", ExportJson.write(request.columns()))
                .addValue("options", ExportJson.write(request.options()))
                .addValue("fileName", request.fileName());
    }

    static MapSqlParameterSource of(Claim claim) {
        return of(claim.id()).addValue("claim", claim.number());
    }

    static MapSqlParameterSource figures(Claim claim, Progress progress, Instant leaseUntil) {
        Double percent = progress.percent();
        Instant lastRowAt = progress.lastRowAt();
        return of(claim)
                .addValue("phase", progress.phase().id())
                .addValue("rows", progress.rowsWritten())
                .addValue("total", progress.rowsTotal(), Types.BIGINT)
                .addValue("percent", percent == null ? null : Math.min(percent, MOST_WHILE_RUNNING), Types.DOUBLE)
                .addValue("bytes", progress.bytesWritten())
                .addValue("rate", progress.rowsPerSecond())
                .addValue("lastRowAt", lastRowAt == null ? null : lastRowAt.toEpochMilli(), Types.BIGINT)
                .addValue("resumedFrom", progress.resumedFromRow(), Types.BIGINT)
                .addValue("leaseUntil", leaseUntil.toEpochMilli());
    }

    static MapSqlParameterSource checkpoint(MapSqlParameterSource values, Checkpoint checkpoint) {
        return values.addValue("checkpoint", ExportJson.write(checkpoint))
                .addValue("checkpointRows", checkpoint.rows())
                .addValue("checkpointLength", checkpoint.length());
    }

    /** @param cutoff null where none is to be fixed */
    static MapSqlParameterSource cutoff(MapSqlParameterSource values, @Nullable Cutoff cutoff) {
        return values.addValue("cutoff", cutoff == null ? null : ExportJson.write(cutoff), Types.VARCHAR)
                .addValue("cutoffKeys", cutoff == null ? null : cutoff.keys(), Types.VARCHAR);
    }

    /** The patterns of checkpoints, as they are stored, that have one of these engines; whatever their recipes. */
    static MapSqlParameterSource engines(Set<String> engines) {
        MapSqlParameterSource patterns = new MapSqlParameterSource();
        int i = 0;
        for (String engine : engines) {
            patterns.addValue("engine" + i++, "%\"engine\":\"" + engine + "%");
        }
        return patterns;
    }

    static MapSqlParameterSource failure(Claim claim, Failure failure) {
        return of(claim).addValue("code", failure.code().id()).addValue("detail", text(failure.detail()));
    }

    /** Text that both databases can hold: PostgreSQL refuses NUL, and an unpaired surrogate has no UTF-8. */
    static String text(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
