package dev.windrow.worker.encode;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What makes a JSON file one object: the fields of one row, and then the file's rows as one field more. Immutable. */
public final class JsonHeader {
    /** Of a file that a resumed run goes on with: it is there already, only its end is not. */
    public static final JsonHeader WRITTEN = new JsonHeader(new byte[0], Map.of());

    private final byte[] opening;
    private final Map<String, Long> counts;

    /** Gives one row to a sink. */
    @FunctionalInterface
    public interface Row {
        void copyTo(RowSink sink) throws SourceException;
    }

    private JsonHeader(byte[] opening, Map<String, Long> counts) {
        this.opening = opening;
        this.counts = counts;
    }

    /**
     * Encodes a header.
     *
     * @param columns of the header's row; one or more
     * @param rows the field of the file's rows
     */
    public static JsonHeader of(List<Column> columns, String rows, Row row) throws SourceException {
        EncodedBytes bytes = new EncodedBytes();
        RowEncoder object = new JsonEncoder(columns, JsonFrame.OBJECT, bytes, Resume.NONE);
        object.begin();
        row.copyTo(object);
        // Its last byte is the brace that now comes after the rows.
        bytes.end(bytes.length() - 1);
        bytes.put((byte) ',');
        new JsonText(bytes, new Alterations(Resume.NONE)).string(rows);
        bytes.put((byte) ':');
        bytes.put((byte) '[');
        return new JsonHeader(Arrays.copyOf(bytes.array(), bytes.length()), object.counts());
    }

    JsonFrame frame() {
        return JsonFrame.arrayWithin(opening);
    }

    Resume begin() {
        return new Resume(0, counts);
    }
}
