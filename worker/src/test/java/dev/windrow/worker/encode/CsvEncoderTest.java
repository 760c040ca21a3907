package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.cell;
import static dev.windrow.worker.encode.Encoding.columns;
import static dev.windrow.worker.encode.Encoding.content;
import static dev.windrow.worker.encode.Encoding.delimited;
import static dev.windrow.worker.encode.Encoding.guarded;
import static dev.windrow.worker.encode.Encoding.titled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvEncoderTest extends RowEncoderContract {
    private final EncodedBytes out = new EncodedBytes();

    @Override
    Format format() {
        return Format.CSV;
    }

    @Test
    void writesEveryTypeInItsOwnForm() {
        RowEncoder encoder = encoder(CsvOptions.DEFAULT, "n", "i", "d", "x", "b", "t", "day", "at", "j", "raw");
        encoder.begin();
        encoder.nullValue();
        encoder.integer(-42);
        encoder.number(0.1);
        encoder.decimal(new BigDecimal("1234567890123456789012.50"));
        encoder.bool(true);
        encoder.text("Grüße, Welt");
        encoder.date(19_782);
        encoder.timestamp(1_709_208_000, 250_000_000);
        encoder.json("{\"a\":[1,2]}");
        encoder.bytes(new byte[] {1, 2, 3, 4});
        encoder.endRow();
        encoder.end();

        assertThat(content(out))
                .asString(UTF_8)
                .isEqualTo("n,i,d,x,b,t,day,at,j,raw\r\n"
                        + ",-42,0.1,1234567890123456789012.50,true,\"Grüße, Welt\",2024-02-29,2024-02-29T12:00:00.250Z,"
                        + "\"{\"\"a\"\":[1,2]}\",AQIDBA==\r\n");
    }

    @Test
    void writesTheHeaderAloneWhenThereIsNoRow() {
        RowEncoder encoder = encoder(CsvOptions.DEFAULT, "a", "b");
        encoder.begin();
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("a,b\r\n");
    }

    @Test
    void quotesAHeaderLikeAText() {
        encoder(CsvOptions.DEFAULT, "a,b", "say \"hi\"", "=x", "", "größe").begin();

        assertThat(content(out)).asString(UTF_8).isEqualTo("\"a,b\",\"say \"\"hi\"\"\",=x,\"\",größe\r\n");
    }

    @Test
    void hasTitlesForAHeaderWhereTheyAreAskedFor() {
        titledHeader(CsvOptions.DEFAULT, titled("at", "Time, \"UTC\""), titled("id", null), titled("v", " "));
        assertThat(content(out)).asString(UTF_8).isEqualTo("\"Time, \"\"UTC\"\"\",id,v\r\n");
    }

    @Test
    void hasATitleOfTwoColumnsTwice() {
        titledHeader(CsvOptions.DEFAULT, titled("a", "Value"), titled("b", "Value"), titled("Value", null));
        assertThat(content(out)).asString(UTF_8).isEqualTo("Value,Value,Value\r\n");
    }

    @Test
    void guardsAndCountsTitlesAsNames() {
        RowEncoder encoder =
                titledHeader(guarded(), titled("a", "=1+1"), titled("b", "a;=1+1"), titled("=c", "\ud800"));
        assertThat(content(out)).asString(UTF_8).isEqualTo("'=1+1,\"a;'=1+1\",\ufffd\r\n");
        assertThat(encoder.counts()).containsEntry("escaped", 2L).containsEntry("replaced", 1L);
    }

    @Test
    void quotesAFirstTitleThatWouldBeginAFileOfAnotherFormat() {
        titledHeader(CsvOptions.DEFAULT, titled("number", "ID"), titled("ID", "number"));
        assertThat(content(out)).asString(UTF_8).isEqualTo("\"ID\",number\r\n");
    }

    private RowEncoder titledHeader(CsvOptions options, Column... columns) {
        FormatOptions titles = new FormatOptions(options, JsonOptions.DEFAULT, Headers.TITLES);
        RowEncoder encoder = Encoders.of(Format.CSV, List.of(columns), titles, out, Resume.NONE);
        encoder.begin();
        return encoder;
    }

    @Test
    void tellsTheEmptyTextFromNull() {
        RowEncoder encoder = encoder(CsvOptions.DEFAULT, "a", "b", "c");
        encoder.text("");
        encoder.nullValue();
        encoder.bytes(new byte[0]);
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).isEqualTo("\"\",,\"\"\r\n");
    }

    @Test
    void writesNoEmptyLineForANullInAFileOfOneColumn() {
        RowEncoder encoder = encoder(CsvOptions.DEFAULT, "a");
        encoder.nullValue();
        encoder.endRow();
        encoder.text("");
        encoder.endRow();
        encoder.integer(1);
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).isEqualTo("\"\"\r\n\"\"\r\n1\r\n");
    }

    @Test
    void beginsWithAByteOrderMarkWhenAsked() {
        encoder(new CsvOptions(true, ',', true, false), "a").begin();

        assertThat(content(out)).containsExactly(0xEF, 0xBB, 0xBF, 'a', '\r', '\n');
    }

    @Test
    void endsLinesWithLfWhenAsked() {
        RowEncoder encoder = encoder(new CsvOptions(false, ',', false, false), "a", "b");
        encoder.begin();
        encoder.integer(1);
        encoder.text("two\r\nlines");
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).isEqualTo("a,b\n1,\"two\r\nlines\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "a,b|\"a,b\"",
                "a\"b|\"a\"\"b\"",
                "\"|\"\"\"\"",
                "\"\"|\"\"\"\"\"\"",
                "a'b|a'b",
                "a;b|a;b",
                "~ padded ~|~ padded ~",
                "~ ~|~ ~",
                "NULL|NULL",
                "1,5|\"1,5\"",
                "=1+1|=1+1",
                "é,ü|\"é,ü\"",
                "\\|\\"
            })
    void quotesOnlyWhatNeedsIt(String text, String expected) {
        assertThat(cell(encoder -> encoder.text(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "a\rb", "a\nb", "a\r\n", "\nb"})
    void quotesLineEndsAndKeepsThemAsTheyAre(String text) {
        assertThat(cell(encoder -> encoder.text(text))).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID",
                "IDENTIFIER",
                "TABLE",
                "<html>",
                "{\\rtf1",
                "%PDF-1.7",
                "%!PS",
                "#!/bin/sh",
                "MIME-Version:",
                "PK\u0003\u0004",
                "\ufeffid"
            })
    void quotesAFirstNameThatWouldMakeItAFileOfAnotherFormat(String name) {
        assertThat(header(name, "b")).isEqualTo('"' + name + "\",b\r\n");
        assertThat(header("b", name)).isEqualTo("b," + name + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "Id", "I", "PK", "Table", "{a", "%", "#", "name"})
    void leavesOtherFirstNamesAlone(String name) {
        assertThat(header(name, "b")).isEqualTo(name + ",b\r\n");
    }

    private static String header(String... names) {
        EncodedBytes out = new EncodedBytes();
        Encoders.of(Format.CSV, columns(names), FormatOptions.DEFAULT, out, Resume.NONE)
                .begin();
        return new String(content(out), UTF_8);
    }

    @Test
    void letsControlCharactersPass() {
        String text = "\u0000\u0001\t\u000b\u001f\u007f\u0085\u2028\ufeff";

        assertThat(cell(encoder -> encoder.text(text))).isEqualTo(text);
    }

    @Test
    void quotesByTheDelimiterThatIsAsked() {
        assertThat(cell(delimited(';'), encoder -> encoder.text("a;b"))).isEqualTo("\"a;b\"");
        assertThat(cell(delimited(';'), encoder -> encoder.text("a,b"))).isEqualTo("a,b");
        assertThat(cell(delimited('\t'), encoder -> encoder.text("a\tb"))).isEqualTo("\"a\tb\"");
        assertThat(cell(delimited(' '), encoder -> encoder.text("a b"))).isEqualTo("\"a b\"");
    }

    @Test
    void quotesTypedValuesThatHoldTheDelimiter() {
        assertThat(cell(delimited('.'), encoder -> encoder.number(1.5))).isEqualTo("\"1.5\"");
        assertThat(cell(delimited('-'), encoder -> encoder.integer(-5))).isEqualTo("\"-5\"");
        assertThat(cell(delimited('-'), encoder -> encoder.date(0))).isEqualTo("\"1970-01-01\"");
        assertThat(cell(delimited('7'), encoder -> encoder.integer(170))).isEqualTo("\"170\"");
        assertThat(cell(delimited('7'), encoder -> encoder.integer(100))).isEqualTo("100");
        assertThat(cell(delimited('E'), encoder -> encoder.number(1e-5))).isEqualTo("\"1.0E-5\"");
        assertThat(cell(delimited('N'), encoder -> encoder.number(Double.NaN))).isEqualTo("\"NaN\"");
        assertThat(cell(delimited(':'), encoder -> encoder.timestamp(0, 0))).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(cell(delimited('u'), encoder -> encoder.bool(true))).isEqualTo("\"true\"");
        assertThat(cell(delimited('='), encoder -> encoder.bytes(new byte[1]))).isEqualTo("\"AA==\"");
        assertThat(cell(delimited('/'), encoder -> encoder.bytes(new byte[] {-1, -1, -1})))
                .isEqualTo("\"////\"");
        assertThat(cell(delimited('0'), encoder -> encoder.decimal(new BigDecimal("1.20"))))
                .isEqualTo("\"1.20\"");
    }

    @Test
    void replacesUnpairedSurrogatesAndCountsThem() {
        RowEncoder encoder = encoder(CsvOptions.DEFAULT, "a", "b");
        encoder.text("\ud83dx\ude00,\ud83d\ud83d\ude00\ud83d");
        encoder.json("\"\udc00\"");
        encoder.endRow();

        assertThat(content(out))
                .asString(UTF_8)
                .isEqualTo("\"\ufffdx\ufffd,\ufffd\ud83d\ude00\ufffd\",\"\"\"\ufffd\"\"\"\r\n");
        assertThat(encoder.counts()).containsEntry("replaced", 5L);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_190, 8_191, 8_192, 8_193, 100_000, 1_000_000})
    void writesLongTextsWhole(int length) {
        String emoji = "\ud83d\ude00";
        String odd = "x" + emoji.repeat(length / 2);

        assertThat(cell(encoder -> encoder.text("\u20ac".repeat(length)))).isEqualTo("\u20ac".repeat(length));
        assertThat(cell(encoder -> encoder.text(odd))).isEqualTo(odd);
        assertThat(cell(encoder -> encoder.text("a".repeat(length) + ',' + odd)))
                .isEqualTo('"' + "a".repeat(length) + ',' + odd + '"');
        assertThat(cell(encoder -> encoder.text("\"".repeat(length)))).isEqualTo("\"".repeat(2 * length + 2));
    }

    @Test
    void writesLongBytesWhole() {
        String expected = "AAAA".repeat(500_000);

        assertThat(cell(encoder -> encoder.bytes(new byte[1_500_000]))).isEqualTo(expected);
    }

    @Test
    void isFullAtTheMostRowsOfAFile() {
        CsvOptions parted = new CsvOptions(false, ',', true, false, 3);
        RowEncoder encoder =
                Encoders.of(Format.CSV, columns("a"), FormatOptions.of(parted), out, new Resume(1, Map.of()));
        encoder.integer(2);
        encoder.endRow();
        assertThat(encoder.isFull()).isFalse();
        encoder.integer(3);
        encoder.endRow();
        assertThat(encoder.isFull()).isTrue();
    }

    @Test
    void makesNoGarbageForARow() {
        RowEncoder encoder = encoder(Encoding.guarded(), "t", "i", "d", "q", "day", "at", "b", "n");
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        writeOrdinaryRows(encoder, 1_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        writeOrdinaryRows(encoder, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(20_000);
    }

    private void writeOrdinaryRows(RowEncoder encoder, int rows) {
        byte[] raw = {1, 2, 3, 4, 5};
        for (int row = 0; row < rows; row++) {
            encoder.text("sensor \"7\", größer");
            encoder.integer(1_700_000_000_000L + row);
            encoder.number(20.125);
            encoder.bool(true);
            encoder.date(19_000 + row);
            encoder.timestamp(1_700_000_000 + row, 123_000_000);
            encoder.bytes(raw);
            encoder.nullValue();
            encoder.endRow();
            out.clear();
        }
    }

    private RowEncoder encoder(CsvOptions options, String... names) {
        return Encoders.of(Format.CSV, columns(names), FormatOptions.of(options), out, Resume.NONE);
    }
}
