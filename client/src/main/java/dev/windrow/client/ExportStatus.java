package dev.windrow.client;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An export as the server last told it.
 *
 * @param times when what happened
 * @param warnings what to know of a completed export before relying on its archive; empty when all was well
 * @param archive of a completed export, else null
 * @param error why it failed, or why it waits to be tried again, else null
 */
public record ExportStatus(
        String id,
        State state,
        Progress progress,
        Times times,
        List<Warning> warnings,
        @Nullable Archive archive,
        @Nullable Problem error) {
    /**
     * How far it is. What the server does not know is null.
     *
     * @param phase {@code waiting}, {@code rows}, {@code attachments}, {@code sealing} or {@code done}
     * @param queuePosition while waiting: 1 is next
     * @param percent 100 when completed, and only then
     * @param pace how fast it gets on
     * @param resumedFromRow rows that the last recovery had not to read again
     */
    public record Progress(
            String phase,
            @Nullable Long queuePosition,
            long rowsWritten,
            @Nullable Long rowsTotal,
            @Nullable Double percent,
            Pace pace,
            @Nullable Long resumedFromRow) {
        public Progress {
            Objects.requireNonNull(pace, "pace");
        }

        public @Nullable Long rowsPerSecond() {
            return pace.rowsPerSecond;
        }

        public @Nullable Long remainingSeconds() {
            return pace.remainingSeconds;
        }

        public boolean stalled() {
            return pace.stalled;
        }
    }

    /**
     * How fast it gets on. What the server does not know is null.
     *
     * @param stalled whether no row has come for long
     */
    public record Pace(
            @Nullable Long rowsPerSecond, @Nullable Long remainingSeconds, boolean stalled) {}

    /**
     * When what happened, by the server's clock. What has not happened yet is null.
     *
     * @param asOf the moment that the archive shows the data of; fixed when the export runs first
     * @param finishedAt when it came to its end, whatever that is
     */
    public record Times(
            @Nullable Instant createdAt,
            @Nullable Instant asOf,
            @Nullable Instant finishedAt) {
        /** Of an export of which nothing is known yet. */
        public static final Times UNKNOWN = new Times(null, null, null);
    }

    /**
     * What is downloaded: the finished archive, or a file of it.
     *
     * @param name as the server offers it: not to be trusted as a file name here
     * @param sha256 in hexadecimal digits
     * @param path below the export's, percent-encoded
     */
    public record Archive(String name, long bytes, String sha256, String path) {
        private static final String WHOLE = "file";

        /** The archive itself. */
        public Archive(String name, long bytes, String sha256) {
            this(name, bytes, sha256, WHOLE);
        }

        /** Whether it is the archive, and not a file of it. */
        public boolean isWhole() {
            return path.equals(WHOLE);
        }
    }

    /**
     * Something that the archive has not as it was asked for.
     *
     * @param type what kind of thing, such as {@code rows-changed}; servers may know more of them than this client
     * @param detail a sentence with the numbers
     */
    public record Warning(String type, String detail) {}

    public ExportStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(times, "times");
        warnings = List.copyOf(warnings);
    }

    /** This export, with something else to be downloaded. */
    ExportStatus with(Archive other) {
        return new ExportStatus(id, state, progress, times, warnings, other, error);
    }

    /**
     * What the API tells of an export.
     *
     * @throws IllegalArgumentException if it is not an export as the API has it
     */
    public static ExportStatus of(JsonNode json) {
        String id = json.path("id").asString("");
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException("not an export: " + json.getNodeType());
        }
        JsonNode file = json.path("file");
        JsonNode error = json.path("error");
        return new ExportStatus(
                id,
                State.of(json.path("state").asString("")),
                progress(json.path("progress")),
                new Times(time(json.path("createdAt")), time(json.path("asOf")), time(json.path("finishedAt"))),
                warnings(json.path("warnings")),
                file.isObject() ? archive(file) : null,
                error.isObject() ? Problem.of(error) : null);
    }

    private static Progress progress(JsonNode json) {
        return new Progress(
                Problem.plain(json.path("phase").asString("")),
                Json.wholeOrNull(json.path("queuePosition")),
                json.path("rowsWritten").asLong(0),
                Json.wholeOrNull(json.path("rowsTotal")),
                json.path("percent").isNumber() ? (Double) json.path("percent").asDouble() : null,
                new Pace(
                        Json.wholeOrNull(json.path("rowsPerSecond")),
                        Json.wholeOrNull(json.path("remainingSeconds")),
                        json.path("stalled").asBoolean(false)),
                Json.wholeOrNull(json.path("resumedFromRow")));
    }

    private static @Nullable Instant time(JsonNode json) {
        try {
            return json.isString() ? Instant.parse(json.asString()) : null;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time", e);
        }
    }

    private static List<Warning> warnings(JsonNode json) {
        return json.valueStream()
                .map(warning -> new Warning(
                        Problem.plain(warning.path("type").asString("")),
                        Problem.plain(warning.path("detail").asString(""))))
                .toList();
    }

    private static Archive archive(JsonNode file) {
        return new Archive(
                file.path("name").asString(""),
                file.path("bytes").asLong(-1),
                file.path("sha256").asString(""));
    }
}
