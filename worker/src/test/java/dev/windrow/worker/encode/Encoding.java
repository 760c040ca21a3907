package dev.windrow.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests of encoders share. */
final class Encoding {
    private Encoding() {}

    static List<Column> columns(String... names) {
        return Stream.of(names)
                .map(name -> new Column(name, ColumnType.ANY, false, null))
                .toList();
    }

    /** A column with a title; null for one that the catalog gives none. */
    static Column titled(String name, @Nullable String title) {
        return new Column(name, ColumnType.ANY, false, title);
    }

    static CsvOptions delimited(char delimiter) {
        return new CsvOptions(false, delimiter, true, false);
    }

    static CsvOptions guarded() {
        return new CsvOptions(false, ',', true, true);
    }

    static byte[] content(EncodedBytes out) {
        return Arrays.copyOf(out.array(), out.length());
    }

    /** The text of one CSV cell: the first of a row of two, whose other is empty. */
    static String cell(CsvOptions options, Consumer<RowEncoder> value) {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder = Encoders.of(Format.CSV, columns("a", "b"), FormatOptions.of(options), out, Resume.NONE);
        value.accept(encoder);
        encoder.nullValue();
        encoder.endRow();
        String row = new String(out.array(), 0, out.length(), UTF_8);
        return row.substring(0, row.length() - (options.crlf() ? 3 : 2));
    }

    static String cell(Consumer<RowEncoder> value) {
        return cell(CsvOptions.DEFAULT, value);
    }
}
