package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.SpacedJson;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One frame of a recording: the acceleration, and whatever else the device sent with it.
 *
 * @param microseconds since the recording began
 * @param utc when, of the recording's first frame; null where the device did not know
 * @param more fields, which vary from frame to frame
 */
record Frame(
        String recording,
        String device,
        long number,
        long microseconds,
        @Nullable String utc,
        Acceleration acceleration,
        ObjectNode more) {
    /** In units of gravity. */
    record Acceleration(double x, double y, double z) {}

    private static final double GRAVITY = 9.80665;
    private static final Set<String> HEAD = Set.of("rec", "dev", "n", "cts_us", "utc", "ACCL");
    private static final Map<String, String> NAMES =
            Map.of("GYRO", "gyro_rad_s", "MAGN", "magnetometer_ut", "GPS5", "gps5", "GPS9", "gps9");

    /** All frames of all recordings. */
    static List<Frame> all() throws IOException {
        List<Frame> frames = new ArrayList<>();
        Window window = new Window();
        String recording = "";
        for (JsonNode line : RealData.objects("gopro_frames.ndjson.gz")) {
            if (!line.path("rec").asString().equals(recording)) {
                recording = line.path("rec").asString();
                window = new Window();
            }
            frames.add(of(line, window));
        }
        return frames;
    }

    private static Frame of(JsonNode line, Window window) {
        JsonNode sent = line.path("ACCL");
        window.add(inGravity(sent.get(0)));
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        if (line.path("n").asInt() % 4 == 3) {
            window.describe(more);
        }
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            if (!HEAD.contains(field.getKey())) {
                more.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue());
            }
            if (field.getKey().equals("GPS5")) {
                double speed = field.getValue().get(3).asDouble() * 3.6;
                more.put("gps_speed_kmh", SpacedJson.round(speed, 3));
            }
        }
        return new Frame(
                line.path("rec").asString(),
                line.path("dev").asString(),
                line.path("n").asLong(),
                line.path("cts_us").asLong(),
                line.has("utc") ? line.path("utc").asString() : null,
                new Acceleration(inGravity(sent.get(1)), inGravity(sent.get(2)), inGravity(sent.get(0))),
                more);
    }

    private static double inGravity(JsonNode acceleration) {
        return SpacedJson.round(acceleration.asDouble() / GRAVITY, 6).doubleValue();
    }

    /** The last frames' acceleration along one axis, from which an analyser would tell a frequency. */
    private static final class Window {
        private static final int FRAMES = 32;
        private static final int HERTZ = 200;

        private final Deque<Double> values = new ArrayDeque<>();

        void add(double value) {
            values.add(value);
            if (values.size() > FRAMES) {
                values.remove();
            }
        }

        /** Adds what the analyser sees: the most frequent swing and its first harmonic. */
        void describe(ObjectNode fields) {
            double hertz = SpacedJson.round(zeroCrossings() * HERTZ / (2.0 * values.size()), 3)
                    .doubleValue();
            double swing = SpacedJson.round(
                            values.stream().mapToDouble(v -> v).max().orElseThrow()
                                    - values.stream().mapToDouble(v -> v).min().orElseThrow(),
                            6)
                    .doubleValue();
            fields.put("dominant_freq_hz", SpacedJson.round(hertz, 3));
            var peaks = fields.putArray("top_peaks");
            if (swing > 0.01) {
                peaks.addObject().put("hz", SpacedJson.round(hertz, 3)).put("amp", SpacedJson.round(swing, 6));
                peaks.addObject()
                        .put("hz", SpacedJson.round(2 * hertz, 3))
                        .put("amp", SpacedJson.round(swing / 4, 6))
                        .put("strength_bucket", "l" + Math.min(5, (int) (swing * 4)));
            }
        }

        private int zeroCrossings() {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double mean = sum / values.size();
            int crossings = 0;
            double before = Double.NaN;
            for (double value : values) {
                crossings += (before - mean) * (value - mean) < 0 ? 1 : 0;
                before = value;
            }
            return crossings;
        }
    }
}
