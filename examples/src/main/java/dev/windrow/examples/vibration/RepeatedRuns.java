package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.SpacedJson;
import dev.windrow.examples.sample.Times;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Runs of any length: the recordings again and again, by several sensors at once, each sample a little different. */
final class RepeatedRuns {
    static final List<String> LOCATIONS = List.of("Front Left", "Front Right", "Rear Left", "Trunk");
    private static final long SEED = 1_000_003;

    private final Runs runs;
    private final List<Frame> frames;
    private final List<String> tails;
    private final long start;

    RepeatedRuns(Runs runs, List<Frame> frames, long start) {
        this.runs = runs;
        this.frames = frames;
        this.start = start;
        this.tails = frames.stream().map(RepeatedRuns::tail).toList();
    }

    /**
     * A run to make.
     *
     * @param hertz samples a second of each client
     * @param late whether two fields appear only in the second half, and one only in the last row
     */
    record Plan(String run, long rows, int hertz, int clients, boolean late) {}

    /** The fields behind the acceleration. */
    private static String tail(Frame frame) {
        String json = SpacedJson.of(frame.more());
        return frame.more().isEmpty() ? "" : ", " + json.substring(1, json.length() - 1);
    }

    static String client(int number) {
        return HexFormat.of().toHexDigits(0xd05a_0000_0000L + number, 12);
    }

    void write(Plan plan) throws SQLException {
        for (long i = 0; i < plan.rows; i++) {
            StringBuilder sample = sample(plan, i);
            if (plan.late && i >= plan.rows / 2) {
                BigDecimal humidity = BigDecimal.valueOf(Chance.of(SEED + i).below(50, 1000), 1);
                sample.append(", \"fw_build\": \"2.").append(i % 3).append(".0\", \"humidity_pct\": ");
                sample.append(humidity.toPlainString());
            }
            if (plan.late && i == plan.rows - 1) {
                sample.append(", \"shutdown_reason\": \"ignition off, battery \\\"low\\\"\"");
            }
            runs.sample(plan.run, sample.append('}').toString());
        }
    }

    private StringBuilder sample(Plan plan, long i) {
        int client = (int) (i % plan.clients);
        long number = i / plan.clients;
        long millis = number * (1000 / plan.hertz);
        int base = (int) (number % frames.size());
        Frame frame = frames.get(base);
        Chance chance = Chance.of(SEED + i);
        StringBuilder json = new StringBuilder(700)
                .append("{\"record_type\": \"sample\", \"schema_version\": \"v2-jsonl\", \"run_id\": \"")
                .append(plan.run)
                .append("\", \"timestamp_utc\": \"")
                .append(Times.iso(start + millis, "+00:00"))
                .append("\", \"t_s\": ")
                .append(SpacedJson.rounded(millis / 1000.0, 3))
                .append(", \"t_ns\": ")
                .append(1_711_836_000_000_000_000L + millis * 1_000_000 + client * 1001L + 1)
                .append(", \"client_id\": \"")
                .append(client(client))
                .append("\", \"location\": \"")
                .append(LOCATIONS.get(client))
                .append("\", \"sample_rate_hz\": ")
                .append(plan.hertz);
        axis(json, "x", frame.acceleration().x() + (chance.below(2001) - 1000) / 1e6);
        axis(json, "y", frame.acceleration().y() + chance.below(20, 2001) / 1e6);
        axis(json, "z", frame.acceleration().z() - chance.below(40, 2001) / 1e6);
        return json.append(", \"frames_dropped_total\": ").append(number / 5000).append(tails.get(base));
    }

    private static void axis(StringBuilder json, String axis, double value) {
        json.append(", \"accel_").append(axis).append("_g\": ").append(SpacedJson.rounded(value, 6));
    }
}
