package dev.windrow.api.schedule;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schedule as callers see it. The parts are for the reader of this code; in the JSON they stand in one object. */
record ScheduleView(
        @JsonUnwrapped Said said,
        String owner,
        @JsonUnwrapped Times times,
        @Nullable LastView last,
        @Nullable LatestView latest,
        Map<String, String> links) {
    /**
     * What its owner has said.
     *
     * @param start JSON, as it was given
     */
    record Said(
            String name,
            String cron,
            String zone,
            @JsonRawValue String start,
            @Nullable Integer keep,
            boolean paused) {}

    record Times(
            Instant createdAt, Instant changedAt, @Nullable Instant next) {}

    /**
     * What came of the last time.
     *
     * @param state of the export; null where there is none by now
     */
    record LastView(
            Instant dueAt,
            Instant at,
            String outcome,
            @Nullable String export,
            @Nullable String state,
            @Nullable ErrorView error) {}

    /** A problem (RFC 9457), as part of an answer that is not one itself. */
    record ErrorView(String type, String title, String detail) {}

    /** Whose archive is served as the newest. */
    record LatestView(
            String export, @Nullable Instant asOf, @Nullable Instant finishedAt, String url) {}
}
