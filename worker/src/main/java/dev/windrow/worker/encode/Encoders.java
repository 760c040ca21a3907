package dev.windrow.worker.encode;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.CsvOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the encoder of a format. Safe for use by many threads; what it makes is not. */
public final class Encoders {
    private Encoders() {}

    /** The formats that {@link #of} knows. */
    public static Set<Format> available() {
        return EnumSet.of(Format.CSV, Format.JSON, Format.NDJSON);
    }

    /**
     * An encoder of one file.
     *
     * @param columns the values of a row, in order; one or more
     * @param csv how CSV is written; other formats ignore it
     * @param out takes the bytes; the caller empties it between rows
     * @param resume where the file goes on, or {@link Resume#NONE}
     * @throws IllegalArgumentException when the format is not {@link #available} or there is no column
     */
    public static RowEncoder of(Format format, List<Column> columns, CsvOptions csv, EncodedBytes out, Resume resume) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns: none");
        }
        return switch (format) {
            case CSV -> new CsvEncoder(columns, csv, out, resume);
            case JSON -> new JsonEncoder(columns, JsonFrame.ARRAY, out, resume);
            case NDJSON -> new JsonEncoder(columns, JsonFrame.LINES, out, resume);
            case XLSX -> throw new IllegalArgumentException("format: " + format.id());
        };
    }

    /**
     * An encoder of one JSON file that is one object.
     *
     * @param header {@link JsonHeader#WRITTEN} after a resume
     * @param resume where the file goes on, or {@link Resume#NONE}
     */
    public static RowEncoder headed(JsonHeader header, List<Column> columns, EncodedBytes out, Resume resume) {
        return new JsonEncoder(columns, header.frame(), out, resume.rows() == 0 ? header.begin() : resume);
    }
}
