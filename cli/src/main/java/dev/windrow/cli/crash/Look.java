package dev.windrow.cli.crash;

import dev.windrow.client.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one poll of the status said.
 *
 * @param asOf null until the cut-off is fixed
 * @param percent null until the rows are counted
 * @param resumedFromRow rows that the last recovery had not to read again; null if none were kept
 * @param sha256 of a completed export, else null
 */
record Look(
        State state,
        @Nullable String asOf,
        long rows,
        @Nullable Long rowsTotal,
        @Nullable Double percent,
        @Nullable Long resumedFromRow,
        @Nullable String sha256,
        @Nullable String error) {
    /** @throws IllegalArgumentException if it is not an export as the API has it */
    static Look of(JsonNode json) {
        JsonNode progress = json.path("progress");
        JsonNode total = progress.path("rowsTotal");
        JsonNode percent = progress.path("percent");
        JsonNode resumed = progress.path("resumedFromRow");
        return new Look(
                State.of(json.path("state").asString("")),
                text(json.path("asOf")),
                progress.path("rowsWritten").asLong(0),
                total.isNumber() ? (Long) total.asLong() : null,
                percent.isNumber() ? (Double) percent.asDouble() : null,
                resumed.isNumber() ? (Long) resumed.asLong() : null,
                text(json.path("file").path("sha256")),
                text(json.path("error").path("title")));
    }

    private static @Nullable String text(JsonNode json) {
        return json.isString() ? json.asString() : null;
    }
}
