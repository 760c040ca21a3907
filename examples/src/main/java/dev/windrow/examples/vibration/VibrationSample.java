package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs of a recorder: samples as JSON whose fields vary, and the raw frames as bytes. The run {@code load} has the load
 * rows.
 */
public final class VibrationSample implements Sample {
    /** Half an hour of four sensors at 4 Hz. */
    private static final int HALF_AN_HOUR = 28_800;

    /** The night in which Europe's clocks go forward. */
    private static final long START_MS = Times.millis(2024, 3, 30) + 22 * 3_600_000;

    private static final String SCHEMA = """
            CREATE TABLE schema_meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
            CREATE TABLE runs(
              run_id TEXT PRIMARY KEY, status TEXT NOT NULL DEFAULT 'recording', start_time_utc TEXT NOT NULL,
              end_time_utc TEXT, metadata_json TEXT NOT NULL, analysis_json TEXT, error_message TEXT,
              sample_count INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL);
            CREATE TABLE samples(
              id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL REFERENCES runs(run_id) ON DELETE CASCADE,
              sample_json TEXT NOT NULL);
            CREATE TABLE raw_frames(
              run_id TEXT NOT NULL REFERENCES runs(run_id) ON DELETE CASCADE, seq INTEGER NOT NULL,
              sample_rate_hz INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY(run_id, seq)) WITHOUT ROWID;
            """;

    @Override
    public Layout layout() {
        return new Layout(
                "vibration",
                1,
                SCHEMA,
                "CREATE INDEX idx_samples_run ON samples(run_id, id)",
                "samples",
                36_602,
                "select sample_count from runs where run_id = 'load'");
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        tables.into("schema_meta", 2).add("version", "4");
        Runs runs = new Runs(tables);
        List<Frame> frames = Frame.all();
        new RecordedRuns(runs, frames).write();
        RepeatedRuns repeated = new RepeatedRuns(runs, frames, START_MS);
        repeated.write(new RepeatedRuns.Plan("30min-4x4hz", HALF_AN_HOUR, 4, 4, false));
        repeated.write(new RepeatedRuns.Plan("load", loadRows, 200, 4, true));
        runs.complete("30min-4x4hz", START_MS, HALF_AN_HOUR, Runs.metadata("30min-4x4hz", "esp32-adxl345", 200), null);
        runs.complete("load", START_MS, loadRows, Runs.metadata("load", "esp32-adxl345", 200), null);
        runs.complete("empty", START_MS, 0, Runs.metadata("empty", "none", 0), null);
        String start = Times.iso(START_MS);
        String none = Runs.metadata("still-recording", "none", 4);
        runs.add(
                new Runs.Run("still-recording", "recording", new Runs.Span(start, null, start), none, null, null, 100));
        repeated.write(new RepeatedRuns.Plan("still-recording", 100, 4, 1, false));
        String vanished = "sensor vanished\nafter 0 samples";
        runs.add(new Runs.Run(
                "failed",
                "error",
                new Runs.Span(start, null, start),
                Runs.metadata("failed", "none", 4),
                null,
                vanished,
                0));
        HostileRuns.write(runs);
    }
}
