package dev.windrow.examples.vibration;

import dev.windrow.examples.sample.SpacedJson;
import dev.windrow.examples.sample.Times;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The recordings as they are, one per run. */
final class RecordedRuns {
    private static final int HERTZ = 200;
    private static final int FRAMES_A_PAYLOAD = 256;

    private final Runs runs;
    private final Map<String, List<Frame>> recordings;

    RecordedRuns(Runs runs, List<Frame> frames) {
        this.runs = runs;
        this.recordings =
                frames.stream().collect(Collectors.groupingBy(Frame::recording, TreeMap::new, Collectors.toList()));
    }

    void write() throws SQLException {
        for (Map.Entry<String, List<Frame>> recording : recordings.entrySet()) {
            write("real-" + recording.getKey(), recording.getValue());
        }
    }

    private void write(String run, List<Frame> frames) throws SQLException {
        String utc = frames.get(0).utc();
        long start =
                utc == null ? Times.millis(2017, 4, 17) : Instant.parse(utc).toEpochMilli();
        for (Frame frame : frames) {
            runs.sample(run, SpacedJson.of(sample(run, start, frame)));
        }
        String begun = Times.iso(start);
        String ended = Times.iso(start + frames.get(frames.size() - 1).microseconds() / 1000);
        String metadata = Runs.metadata(run, frames.get(0).device(), HERTZ);
        String analysis = "{\"findings\": [], \"rows\": " + frames.size() + "}";
        runs.add(new Runs.Run(
                run, "complete", new Runs.Span(begun, ended, begun), metadata, analysis, null, frames.size()));
        for (int first = 0; first < frames.size(); first += FRAMES_A_PAYLOAD) {
            List<Frame> some = frames.subList(first, Math.min(first + FRAMES_A_PAYLOAD, frames.size()));
            runs.frames(run, first / FRAMES_A_PAYLOAD, HERTZ, payload(some));
        }
    }

    /** Its t_ns is greater than 2 to the 53rd: who reads it through a double loses digits. */
    private static ObjectNode sample(String run, long start, Frame frame) {
        ObjectNode sample = JsonNodeFactory.instance
                .objectNode()
                .put("record_type", "sample")
                .put("schema_version", "v2-jsonl")
                .put("run_id", run)
                .put("timestamp_utc", Times.iso(start + frame.microseconds() / 1000, "+00:00"))
                .put("t_s", BigDecimal.valueOf(frame.microseconds(), 6))
                .put("t_ns", 1_711_836_000_000_000_000L + frame.number() * 5_000_001)
                .put("client_id", RepeatedRuns.client(0))
                .put("location", RepeatedRuns.LOCATIONS.get(0))
                .put("sample_rate_hz", HERTZ)
                .put("accel_x_g", SpacedJson.round(frame.acceleration().x(), 6))
                .put("accel_y_g", SpacedJson.round(frame.acceleration().y(), 6))
                .put("accel_z_g", SpacedJson.round(frame.acceleration().z(), 6));
        sample.setAll(frame.more());
        return sample;
    }

    private static byte[] payload(List<Frame> frames) {
        ByteBuffer payload =
                ByteBuffer.allocate(frames.size() * 3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Frame frame : frames) {
            payload.putFloat((float) frame.acceleration().x())
                    .putFloat((float) frame.acceleration().y())
                    .putFloat((float) frame.acceleration().z());
        }
        return payload.array();
    }
}
