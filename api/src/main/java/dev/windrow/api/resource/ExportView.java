package dev.windrow.api.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An export as callers see it: the JSON object of the HTTP API, field by field and in its order. */
public record ExportView(
        String id,
        String dataset,
        String format,
        @Nullable Map<String, Object> parameters,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean parametersOmitted,
        List<String> columns,
        Map<String, Object> options,
        String state,
        ProgressView progress,
        List<WarningView> warnings,
        int attempt,
        @Nullable Instant asOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable FileView file,
        @Nullable ErrorView error,
        Map<String, String> links) {

    record ProgressView(
            String phase,
            @Nullable Integer queuePosition,
            long rowsWritten,
            @Nullable Long rowsTotal,
            @Nullable Double percent,
            long bytesWritten,
            long rowsPerSecond,
            @Nullable Long remainingSeconds,
            boolean stalled,
            @Nullable Long resumedFromRow) {}

    record FileView(
            String name,
            String mediaType,
            long bytes,
            String sha256,
            String url,
            List<EntryView> entries,
            int entriesTotal) {}

    record EntryView(String name, long rows, long bytes) {}

    record WarningView(String type, String detail) {}

    /** A problem (RFC 9457), as part of an answer that is none. */
    record ErrorView(String type, String title, String detail) {}
}
