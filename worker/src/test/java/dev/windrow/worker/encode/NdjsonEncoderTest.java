package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.columns;
import static dev.windrow.worker.encode.Encoding.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import org.junit.jupiter.api.Test;

final class NdjsonEncoderTest extends RowEncoderContract {
    private final EncodedBytes out = new EncodedBytes();

    @Override
    Format format() {
        return Format.NDJSON;
    }

    @Test
    void writesOneObjectALine() {
        RowEncoder encoder = encoder("a", "t");
        encoder.begin();
        encoder.integer(1);
        encoder.text("two\nlines");
        encoder.endRow();
        encoder.nullValue();
        encoder.json("{\n  \"a\": 1\n}");
        encoder.endRow();
        encoder.end();

        assertThat(content(out))
                .asString(UTF_8)
                .isEqualTo("{\"a\":1,\"t\":\"two\\nlines\"}\n{\"a\":null,\"t\":{\"a\":1}}\n");
    }

    @Test
    void writesNothingWhenThereIsNoRow() {
        RowEncoder encoder = encoder("a");
        encoder.begin();
        encoder.end();

        assertThat(out.length()).isZero();
    }

    private RowEncoder encoder(String... names) {
        return Encoders.of(Format.NDJSON, columns(names), FormatOptions.DEFAULT, out, Resume.NONE);
    }
}
