package dev.windrow.worker.encode;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What makes a JSON file one object: the fields of one row, and then the file's rows as one field more. Immutable. */
public final class JsonHeader {
    private static final byte[] WRITTEN = {};

    private final byte[] opening;
    private final JsonIndent indent;
    private final Map<String, Long> counts;

    /** Gives one row to a sink. */
    @FunctionalInterface
    public interface Row {
        void copyTo(RowSink sink) throws SourceException;
    }

    private JsonHeader(byte[] opening, JsonOptions options, Map<String, Long> counts) {
        this.opening = opening;
        this.indent = JsonIndent.of(options.indent());
        this.counts = counts;
    }

    /** Of a file that a resumed run goes on with: it is there already, only its end is not. */
    public static JsonHeader written(JsonOptions options) {
        return new JsonHeader(WRITTEN, options, Map.of());
    }

    /**
     * Encodes a header.
     *
     * @param columns of the header's row; one or more
     * @param rows the field of the file's rows
     */
    public static JsonHeader of(List<Column> columns, String rows, JsonOptions options, Row row)
            throws SourceException {
        EncodedBytes bytes = new EncodedBytes();
        JsonIndent indent = JsonIndent.of(options.indent());
        RowEncoder object = new JsonEncoder(columns, JsonFrame.object(indent), bytes, Resume.NONE);
        object.begin();
        row.copyTo(object);
        // It ends with the brace, on a line of its own or not, that now comes after the rows.
        bytes.end(bytes.length() - indent.line(0).length - 1);
        bytes.put((byte) ',');
        bytes.put(indent.line(1));
        new JsonText(bytes, new Alterations(Resume.NONE)).string(rows);
        bytes.put(indent.colon());
        bytes.put((byte) '[');
        return new JsonHeader(Arrays.copyOf(bytes.array(), bytes.length()), options, object.counts());
    }

    JsonFrame frame() {
        return JsonFrame.arrayWithin(opening, indent);
    }

    Resume begin() {
        return new Resume(0, counts);
    }
}
