package dev.windrow.worker.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the encoder of every format. */
abstract class RowEncoderContract {
    private final EncodedBytes out = new EncodedBytes();

    abstract Format format();

    @Test
    void isAvailable() {
        assertThat(Encoders.available()).contains(format());
    }

    @Test
    void refusesARowWithTooFewValues() {
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.integer(1);

        assertThatIllegalStateException().isThrownBy(encoder::endRow).withMessage("a row of 1 values in 3 columns");
    }

    @Test
    void refusesARowWithTooManyValues() {
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.integer(1);
        encoder.nullValue();
        encoder.text("x");

        assertThatIllegalStateException()
                .isThrownBy(() -> encoder.bool(true))
                .withMessage("more values than the 3 columns");
    }

    @Test
    void refusesToEndWithinARow() {
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.integer(1);

        assertThatIllegalStateException().isThrownBy(encoder::end).withMessage("the last row has no end");
    }

    @Test
    void refusesToBeginTwice() {
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.begin();

        assertThatIllegalStateException().isThrownBy(encoder::begin).withMessage("begun already");
    }

    @Test
    void refusesToBeginAfterAResume() {
        RowEncoder encoder = encoder(new Resume(1, Map.of()));

        assertThatIllegalStateException().isThrownBy(encoder::begin).withMessage("begun already");
    }

    @Test
    void refusesAFileWithoutColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Encoders.of(format(), List.of(), FormatOptions.DEFAULT, out, Resume.NONE))
                .withMessage("columns: none");
    }

    /** What of a file's bytes does not depend on where its blocks end: all of them, unless the format compresses. */
    byte[] plain(byte[] file) throws IOException {
        return file;
    }

    @Test
    void givesTheSameContentWhateverTheBatches() throws IOException {
        byte[] whole = plain(file(1_000, false));

        assertThat(plain(file(1, false))).isEqualTo(whole);
        assertThat(plain(file(7, false))).isEqualTo(whole);
    }

    @Test
    void givesTheSameBytesAfterAResumeAtAnyRow() {
        assertThat(file(1, true)).isEqualTo(file(1, false));
        assertThat(file(7, true)).isEqualTo(file(7, false));
    }

    @Test
    void countsOnFromAResume() {
        RowEncoder encoder = encoder(new Resume(5, Map.of("replaced", 3L, "escaped", 2L, "truncated", 1L)));
        encoder.text("\ud800");
        encoder.text("\udc00x");
        encoder.text("\ufffd");
        encoder.endRow();

        assertThat(encoder.counts())
                .containsExactly(Map.entry("replaced", 5L), Map.entry("escaped", 2L), Map.entry("truncated", 1L));
    }

    @Test
    void countsNothingInCleanRows() {
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.begin();
        encoder.text("grüße \ud83d\ude00 \ufffd");
        encoder.nullValue();
        encoder.nullValue();
        encoder.endRow();
        encoder.end();

        assertThat(encoder.counts())
                .containsExactly(Map.entry("replaced", 0L), Map.entry("escaped", 0L), Map.entry("truncated", 0L));
    }

    private RowEncoder encoder(Resume resume) {
        return Encoders.of(format(), Encoding.columns("id", "value", "text"), FormatOptions.DEFAULT, out, resume);
    }

    /** A file of 50 rows, emptied from the buffer every so many rows, by one encoder or each time by a new one. */
    private byte[] file(int rowsOfABatch, boolean resumed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.begin();
        for (int row = 0; row < 50; row++) {
            if (row > 0 && row % rowsOfABatch == 0) {
                encoder.endBlock();
                flush(file);
                encoder = resumed ? encoder(new Resume(row, encoder.state())) : encoder;
            }
            encoder.integer(row);
            encoder.number(row / 8.0);
            encoder.text("text \"" + row + "\"");
            encoder.endRow();
        }
        encoder.end();
        flush(file);
        return file.toByteArray();
    }

    private void flush(ByteArrayOutputStream file) {
        file.write(out.array(), 0, out.length());
        out.clear();
    }
}
