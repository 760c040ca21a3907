package dev.windrow.examples.sensors;

import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.stream.Stream;

/** The readings of a plant's sensors. The sensor {@code load} has the load rows. */
public final class SensorsSample implements Sample {
    private static final String SCHEMA = """
            CREATE TABLE sensors(id INTEGER PRIMARY KEY, sensor_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, \
            unit TEXT, source TEXT NOT NULL);
            CREATE TABLE readings(sensor INTEGER NOT NULL REFERENCES sensors(id), timestamp_ms INTEGER NOT NULL, \
            value REAL, quality INTEGER, PRIMARY KEY(sensor, timestamp_ms)) WITHOUT ROWID;
            """;

    @Override
    public Layout layout() {
        // The load rows by the last time, since the readings are many and evenly spaced.
        return new Layout(
                "sensors",
                1,
                SCHEMA,
                "",
                "readings",
                161_510,
                "select (max(timestamp_ms) - " + HeartSensors.LOAD_START_MS + ") / " + HeartSensors.LOAD_STEP_MS
                        + " + 1 from readings where sensor = 1");
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        HeartSensors heart = new HeartSensors();
        int id = 1;
        write(tables, id++, heart.load(loadRows));
        write(tables, id++, heart.recording());
        for (Sensor sensor : RecordedSensors.all()) {
            write(tables, id++, sensor);
        }
        write(tables, id++, new Sensor("empty", "Never reported", null, "none", Stream.empty()));
        write(tables, id, HostileSensor.sensor());
    }

    private static void write(Tables tables, int id, Sensor sensor) throws SQLException {
        tables.into("sensors", 5).add(id, sensor.key(), sensor.name(), sensor.unit(), sensor.source());
        Tables.Table readings = tables.into("readings", 4);
        for (Iterator<Reading> all = sensor.readings().iterator(); all.hasNext(); ) {
            Reading reading = all.next();
            readings.add(id, reading.timestampMs(), reading.value(), reading.quality());
        }
    }
}
