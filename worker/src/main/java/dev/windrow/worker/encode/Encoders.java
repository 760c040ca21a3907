package dev.windrow.worker.encode;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.encode.xlsx.XlsxEncoder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the encoder of a format. Safe for use by many threads; what it makes is not. */
public final class Encoders {
    private Encoders() {}

    /** The formats that {@link #of} knows. */
    public static Set<Format> available() {
        return EnumSet.allOf(Format.class);
    }

    /**
     * An encoder of one file.
     *
     * @param columns the values of a row, in order; one or more
     * @param options each format takes its own
     * @param out takes the bytes; the caller empties it between rows
     * @param resume where the file goes on, or {@link Resume#NONE}
     * @throws IllegalArgumentException when there is no column
     */
    public static RowEncoder of(
            Format format, List<Column> columns, FormatOptions options, EncodedBytes out, Resume resume) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns: none");
        }
        return switch (format) {
            case CSV -> new CsvEncoder(header(columns, options), options.csv(), out, resume);
            case JSON -> new JsonEncoder(columns, JsonFrame.array(indent(options)), out, resume);
            case NDJSON -> new JsonEncoder(columns, JsonFrame.LINES, out, resume);
            case XLSX -> new XlsxEncoder(columns, header(columns, options), out, resume);
        };
    }

    /** An encoder of one JSON file that is one row's object. */
    public static RowEncoder object(List<Column> columns, FormatOptions options, EncodedBytes out) {
        return new JsonEncoder(columns, JsonFrame.lines(indent(options)), out, Resume.NONE);
    }

    /**
     * An encoder of one JSON file that is one object with the rows in it.
     *
     * @param header {@link JsonHeader#written} after a resume
     * @param resume where the file goes on, or {@link Resume#NONE}
     */
    public static RowEncoder headed(JsonHeader header, List<Column> columns, EncodedBytes out, Resume resume) {
        return new JsonEncoder(columns, header.frame(), out, resume.rows() == 0 ? header.begin() : resume);
    }

    private static List<String> header(List<Column> columns, FormatOptions options) {
        return columns.stream().map(options.headers()::of).toList();
    }

    /** What a file calls a column. */
    public static String nameInFile(Format format, Column column, FormatOptions options) {
        String name = Headers.areIn(format) ? options.headers().of(column) : column.name();
        return format == Format.CSV ? CsvEncoder.header(name, options.csv()) : name;
    }

    private static JsonIndent indent(FormatOptions options) {
        return JsonIndent.of(options.json().indent());
    }
}
