package dev.windrow.api.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An export as callers see it: the JSON object of the HTTP API, field by field and in its order. The parts are for the
 * reader of this code; in the JSON their fields stand in one object.
 */
public record ExportView(
        @JsonUnwrapped Asked asked,
        @JsonUnwrapped Doing doing,
        @JsonUnwrapped Times times,
        @Nullable FileView file,
        @Nullable ErrorView error,
        Map<String, String> links) {
    /** The id of its state. */
    public String state() {
        return doing.state();
    }

    /** Which export it is, and of what. */
    record Asked(
            String id,
            String dataset,
            String format,
            @Nullable Map<String, Object> parameters,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean parametersOmitted,

            List<String> columns,
            Map<String, Object> options) {}

    /** How it is doing, and whose it is. */
    record Doing(String state, ProgressView progress, String owner, List<WarningView> warnings, int attempt) {}

    /** What happened when. */
    record Times(
            @Nullable Instant asOf,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant expiresAt) {}

    record ProgressView(
            String phase,
            @Nullable Integer queuePosition,
            @JsonUnwrapped RowsView rows,
            long bytesWritten,
            @JsonUnwrapped PaceView pace,
            @Nullable WaitingView waiting,
            @Nullable Long resumedFromRow) {}

    /** How many rows there are. */
    record RowsView(
            long rowsWritten,
            @Nullable Long rowsTotal,
            @Nullable Double percent) {}

    /** How fast it goes. */
    record PaceView(long rowsPerSecond, @Nullable Long remainingSeconds, boolean stalled) {}

    /**
     * What a queued export waits for.
     *
     * @param cause shown as {@code for}, which Java keeps to itself
     * @param until null where nobody knows
     */
    record WaitingView(
            @JsonProperty("for") String cause, @Nullable Instant until) {}

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

    /** A problem (RFC 9457), as part of an answer that is not one itself. */
    record ErrorView(String type, String title, String detail) {}
}
