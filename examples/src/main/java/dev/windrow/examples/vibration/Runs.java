package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.SpacedJson;
import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tables of the recorder. */
final class Runs {
    private final Tables.Table runs;
    private final Tables.Table samples;
    private final Tables.Table frames;

    Runs(Tables tables) throws SQLException {
        runs = tables.into("runs", 9);
        samples = tables.into("samples(run_id, sample_json)", 2);
        frames = tables.into("raw_frames", 4);
    }

    record Run(
            String id,
            String status,
            Span span,
            String metadata,
            @Nullable String analysis,
            @Nullable String error,
            long samples) {}

    /** When a run was, and when it was noted; {@code end} is null while it goes on. */
    record Span(String start, @Nullable String end, String created) {}

    void add(Run run) throws SQLException {
        runs.add(
                run.id,
                run.status,
                run.span.start,
                run.span.end,
                run.metadata,
                run.analysis,
                run.error,
                run.samples,
                run.span.created);
    }

    /** A run that ended so many milliseconds after its start as it has samples. */
    void complete(String id, long startMs, long rows, String metadata, @Nullable String analysis) throws SQLException {
        String start = Times.iso(startMs);
        add(new Run(id, "complete", new Span(start, Times.iso(startMs + rows), start), metadata, analysis, null, rows));
    }

    void sample(String run, String json) throws SQLException {
        samples.add(run, json);
    }

    void frames(String run, int number, int hertz, byte[] payload) throws SQLException {
        frames.add(run, number, hertz, payload);
    }

    /** What a recorder notes of a run. */
    static String metadata(String run, String model, int hertz) {
        return SpacedJson.of(JsonNodeFactory.instance
                .objectNode()
                .put("record_type", "run_metadata")
                .put("schema_version", "v2-jsonl")
                .put("run_id", run)
                .put("sensor_model", model)
                .put("raw_sample_rate_hz", hertz)
                .put("fft_window_type", "hann"));
    }
}
