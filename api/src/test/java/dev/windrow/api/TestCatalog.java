package dev.windrow.api;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import java.util.List;

/** The sensors of the documentation, and a dataset without parameters or subject. */
public final class TestCatalog {
    private TestCatalog() {}

    public static Catalog create() {
        return new Catalog(List.of(sensors(), notes()));
    }

    public static Dataset sensors() {
        List<Column> columns = List.of(
                new Column("timestamp_ms", ColumnType.INTEGER, false, "Time"),
                new Column("value", ColumnType.NUMBER, false, null),
                new Column("quality", ColumnType.STRING, true, null));
        return new Dataset(
                new Dataset.Label("sensor-readings", "Sensor readings", "Raw values of one sensor, oldest first."),
                new Dataset.Reading(source(), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV, Format.JSON),
                List.of(
                        parameter("sensor_id", ParameterType.STRING, true, null, 64),
                        parameter("start_ts", ParameterType.INTEGER, false, 0L, null),
                        parameter("end_ts", ParameterType.INTEGER, false, null, null),
                        parameter("factor", ParameterType.NUMBER, false, null, null)),
                new Subject("select 1 from sensors where sensor_id = :sensor_id", "Sensor {sensor_id} not found"),
                List.of(new DatasetFile(
                        "readings", "select …", List.of(new KeyPart("timestamp_ms", false)), columns, 1000)));
    }

    private static Dataset notes() {
        List<Column> columns = List.of(new Column("id", ColumnType.INTEGER, false, null));
        return new Dataset(
                new Dataset.Label("notes", "Notes", null),
                new Dataset.Reading(source(), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                null,
                List.of(new DatasetFile("notes", "select …", List.of(new KeyPart("id", false)), columns, 1000)));
    }

    private static Source source() {
        return new Source("plant", "jdbc:sqlite:plant.db", null, null);
    }

    private static Parameter parameter(
            String name, ParameterType type, boolean required, Object preset, Integer longest) {
        return new Parameter(
                name,
                new Parameter.Kind(type, false, null),
                required,
                preset,
                Parameter.Words.NONE,
                new Parameter.Limits(null, longest, null, null, null, List.of()));
    }
}
