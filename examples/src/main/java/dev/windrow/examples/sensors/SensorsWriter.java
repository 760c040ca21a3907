package dev.windrow.examples.sensors;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** Writes sensors and their readings in batches, within the transaction of its owner, who closes it. */
final class SensorsWriter implements AutoCloseable {
    private static final int BATCH_ROWS = 5_000;

    private final PreparedStatement sensors;
    private final PreparedStatement readings;
    private final LongConsumer progress;
    private long sensorsWritten;
    private long readingsWritten;

    SensorsWriter(Connection connection, LongConsumer progress) throws SQLException {
        sensors = connection.prepareStatement("insert into sensors values (?, ?, ?, ?, ?)");
        readings = connection.prepareStatement("insert into readings values (?, ?, ?, ?)");
        this.progress = progress;
    }

    void write(Sensor sensor) throws SQLException {
        long id = ++sensorsWritten;
        sensors.setLong(1, id);
        sensors.setString(2, sensor.key());
        sensors.setString(3, sensor.name());
        sensors.setString(4, sensor.unit());
        sensors.setString(5, sensor.source());
        sensors.executeUpdate();
        int waiting = 0;
        for (Iterator<Reading> all = sensor.readings().iterator(); all.hasNext(); ) {
            add(id, all.next());
            if (++waiting == BATCH_ROWS) {
                send(waiting);
                waiting = 0;
            }
        }
        send(waiting);
    }

    private void add(long sensor, Reading reading) throws SQLException {
        readings.setLong(1, sensor);
        readings.setLong(2, reading.timestampMs());
        if (reading.value() == null) {
            readings.setNull(3, Types.REAL);
        } else {
            readings.setDouble(3, reading.value());
        }
        if (reading.quality() == null) {
            readings.setNull(4, Types.INTEGER);
        } else {
            readings.setLong(4, reading.quality());
        }
        readings.addBatch();
    }

    private void send(int rows) throws SQLException {
        if (rows > 0) {
            readings.executeBatch();
            readingsWritten += rows;
            progress.accept(readingsWritten);
        }
    }

    @Override
    public void close() throws SQLException {
        try (sensors) {
            readings.close();
        }
    }
}
