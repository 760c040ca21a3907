package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
    private static final Dataset DATASET = new Dataset(
            new Dataset.Label("notes", "Notes", null),
            new Dataset.Reading(new Source("s", "jdbc:x", null, null), true, Dataset.Consistency.BATCH),
            List.of(Format.CSV),
            List.of(
                    parameter("at", ParameterType.TIMESTAMP, false),
                    parameter("among", ParameterType.TIMESTAMP, true),
                    parameter("text", ParameterType.STRING, false)),
            null,
            List.of(new DatasetFile(
                    "notes",
                    "select …",
                    List.of(new KeyPart("id", false)),
                    List.of(new Column("id", ColumnType.INTEGER, false, null)),
                    1)));

    private static Parameter parameter(String name, ParameterType type, boolean list) {
        Parameter.TimestampBinding bind = type == ParameterType.TIMESTAMP ? Parameter.TimestampBinding.MILLIS : null;
        return new Parameter(
                name, new Parameter.Kind(type, list, bind), false, null, Parameter.Words.NONE, Parameter.Limits.NONE);
    }

    private static String form(String name, Object value) {
        return CanonicalForm.ofArchive(
                new ExportRequest(
                        "notes", Format.CSV, Map.of(name, value), List.of("id"), FormatOptions.DEFAULT, "notes.zip"),
                DATASET);
    }

    @Test
    void isTheSameForTheSameMomentHoweverItIsWritten() {
        String utc = form("at", "2024-01-01T00:00:00Z");
        assertThat(form("at", "2024-01-01T01:00:00+01:00")).isEqualTo(utc);
        assertThat(form("at", "2024-01-01T00:00:00.000Z")).isEqualTo(utc);
        assertThat(form("at", "2023-12-31t19:00:00-05:00")).isEqualTo(utc);
        assertThat(form("at", "2024-01-01T00:00:00.001Z")).isNotEqualTo(utc);
        assertThat(form("among", List.of("2024-01-01T01:00:00+01:00")))
                .isEqualTo(form("among", List.of("2024-01-01T00:00:00Z")));
    }

    @Test
    void isOfTheTextWhereItIsNoMoment() {
        assertThat(form("text", "2024-01-01T01:00:00+01:00")).isNotEqualTo(form("text", "2024-01-01T00:00:00Z"));
        assertThat(form("at", "now-1d")).isNotEqualTo(form("at", "now-2d"));
    }
}
