package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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
            String start,
            @Nullable String end,
            String metadata,
            @Nullable String analysis,
            @Nullable String error,
            long samples,
            String created) {}

    void add(Run run) throws SQLException {
        runs.add(
                run.id,
                run.status,
                run.start,
                run.end,
                run.metadata,
                run.analysis,
                run.error,
                run.samples,
                run.created);
    }

    /** A run that ended so many milliseconds after its start as it has samples. */
    void complete(String id, long startMs, long rows, String metadata, @Nullable String analysis) throws SQLException {
        String start = Times.iso(startMs);
        add(new Run(id, "complete", start, Times.iso(startMs + rows), metadata, analysis, null, rows, start));
    }

    void sample(String run, String json) throws SQLException {
        samples.add(run, json);
    }

    void frames(String run, int number, int hertz, byte[] payload) throws SQLException {
        frames.add(run, number, hertz, payload);
    }
}
