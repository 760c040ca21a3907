package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.columns;
import static dev.windrow.worker.encode.Encoding.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonEncoderTest extends RowEncoderContract {
    private final EncodedBytes out = new EncodedBytes();

    @Override
    Format format() {
        return Format.JSON;
    }

    @Test
    void writesEveryTypeInItsOwnForm() {
        RowEncoder encoder = encoder("n", "i", "d", "x", "b", "t", "day", "at", "j", "raw");
        encoder.begin();
        encoder.nullValue();
        encoder.integer(Long.MIN_VALUE);
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
                .isEqualTo(
                        "[\n{\"n\":null,\"i\":-9223372036854775808,\"d\":0.1,\"x\":1234567890123456789012.50,\"b\":true,"
                                + "\"t\":\"Grüße, Welt\",\"day\":\"2024-02-29\",\"at\":\"2024-02-29T12:00:00.250Z\","
                                + "\"j\":{\"a\":[1,2]},\"raw\":\"AQIDBA==\"}\n]\n");
    }

    @Test
    void writesAnEmptyArrayWhenThereIsNoRow() {
        RowEncoder encoder = encoder("a");
        encoder.begin();
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("[]\n");
    }

    @Test
    void setsEveryLevelOffByTheIndent() {
        RowEncoder encoder = indented(2);
        encoder.begin();
        encoder.integer(1);
        encoder.json("{\"a\" :[ 1.0,{}, [] ,\"x: {\\\", \"],\"b\":{\"c\":null}}");
        encoder.endRow();
        encoder.nullValue();
        encoder.json("-1e5");
        encoder.endRow();
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("""
                [
                  {
                    "n": 1,
                    "j": {
                      "a": [
                        1.0,
                        {},
                        [],
                        "x: {\\", "
                      ],
                      "b": {
                        "c": null
                      }
                    }
                  },
                  {
                    "n": null,
                    "j": -1e5
                  }
                ]
                """);
    }

    @Test
    void writesAnEmptyArrayInOneLineDespiteAnIndent() {
        RowEncoder encoder = indented(8);
        encoder.begin();
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("[]\n");
    }

    @Test
    void countsWhatItReplacesInIndentedJson() {
        RowEncoder encoder = indented(1);
        encoder.nullValue();
        encoder.json("[\"\ud800\",\"\ud83d\ude00\"]");

        assertThat(content(out)).asString(UTF_8).contains("\"\ufffd\"", "\"\ud83d\ude00\"");
        assertThat(encoder.counts()).containsEntry("replaced", 1L);
    }

    @Test
    void doesNotLetDeepNestingMultiplyTheFile() {
        RowEncoder encoder = indented(8);
        encoder.nullValue();
        encoder.json("[".repeat(10_000) + "]".repeat(10_000));

        assertThat(out.length()).isLessThan(20_000 * (2 + 64 * 8));
    }

    @Test
    void setsListsWithinListsOff() {
        RowEncoder encoder = indented(1);
        encoder.begin();
        encoder.nullValue();
        encoder.json("[[1],[{}]]");
        encoder.endRow();
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("""
                [
                 {
                  "n": null,
                  "j": [
                   [
                    1
                   ],
                   [
                    {}
                   ]
                  ]
                 }
                ]
                """);
    }

    /** The same as one JSON text, whether the run that began it ends it or another does. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void putsRowsIntoAFieldBehindThoseOfAHeader(int indent) throws SourceException {
        JsonOptions options = new JsonOptions(indent);
        JsonHeader header = JsonHeader.of(columns("title", "of"), "the \"rows\"", options, row -> {
            row.text("half \ud800");
            row.integer(7);
            row.endRow();
        });
        EncodedBytes whole = new EncodedBytes();
        RowEncoder first = Encoders.headed(header, columns("n"), whole, Resume.NONE);
        first.begin();
        first.integer(1);
        first.endRow();
        Resume resume = new Resume(1, first.state());
        RowEncoder second = Encoders.headed(JsonHeader.written(options), columns("n"), whole, resume);
        second.integer(2);
        second.endRow();
        second.end();

        String text = new String(content(whole), UTF_8);
        assertThat(JsonMapper.shared().readTree(text))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"title\":\"half \ufffd\",\"of\":7,\"the \\\"rows\\\"\":[{\"n\":1},{\"n\":2}]}"));
        assertThat(second.counts()).containsEntry("replaced", 1L);
        assertThat(text)
                .isEqualTo(
                        indent == 0
                                ? "{\"title\":\"half \ufffd\",\"of\":7,\"the \\\"rows\\\"\":[\n{\"n\":1},\n{\"n\":2}\n]}\n"
                                : """
                                {
                                  "title": "half \ufffd",
                                  "of": 7,
                                  "the \\"rows\\"": [
                                    {
                                      "n": 1
                                    },
                                    {
                                      "n": 2
                                    }
                                  ]
                                }
                                """);
    }

    private RowEncoder indented(int indent) {
        return Encoders.of(Format.JSON, columns("n", "j"), FormatOptions.of(new JsonOptions(indent)), out, Resume.NONE);
    }

    @Test
    void partsRowsByCommas() {
        RowEncoder encoder = encoder("a");
        encoder.begin();
        for (int i = 0; i < 3; i++) {
            encoder.integer(i);
            encoder.endRow();
        }
        encoder.end();

        assertThat(content(out)).asString(UTF_8).isEqualTo("[\n{\"a\":0},\n{\"a\":1},\n{\"a\":2}\n]\n");
    }

    @Test
    void writesIntegersOfAnySizeAsNumbers() {
        assertThat(value(encoder -> encoder.integer(9_007_199_254_740_993L))).isEqualTo("9007199254740993");
        assertThat(value(encoder -> encoder.decimal(new BigDecimal("18446744073709551616"))))
                .isEqualTo("18446744073709551616");
    }

    @Test
    void writesDoublesShortestAndWhatIsNotFiniteAsText() {
        assertThat(value(encoder -> encoder.number(Double.parseDouble("2e23")))).isEqualTo("2.0E23");
        assertThat(value(encoder -> encoder.number(-0.0))).isEqualTo("-0.0");
        assertThat(value(encoder -> encoder.number(Double.NaN))).isEqualTo("\"NaN\"");
        assertThat(value(encoder -> encoder.number(Double.POSITIVE_INFINITY))).isEqualTo("\"Infinity\"");
        assertThat(value(encoder -> encoder.number(Double.NEGATIVE_INFINITY))).isEqualTo("\"-Infinity\"");
    }

    @Test
    void tellsTheEmptyTextFromNull() {
        assertThat(value(encoder -> encoder.text(""))).isEqualTo("\"\"");
        assertThat(value(encoder -> encoder.bytes(new byte[0]))).isEqualTo("\"\"");
        assertThat(value(RowEncoder::nullValue)).isEqualTo("null");
    }

    @Test
    void escapesAsLittleAsTheStandardAllows() {
        assertThat(value(encoder -> encoder.text("\"\\/\b\t\n\f\r\u0000\u001f\u007fé😀")))
                .isEqualTo("\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u007fé😀\"");
    }

    @Test
    void escapesWhatOthersTakeForALinesEnd() {
        assertThat(value(encoder -> encoder.text("a\u0085\u2028\u2029\u2027\u202a")))
                .isEqualTo("\"a\\u0085\\u2028\\u2029\u2027\u202a\"");
        assertThat(value(encoder -> encoder.json("{\"k\u2028\": [\"\u0085\", \"\\\\\u2029\"]}")))
                .isEqualTo("{\"k\\u2028\":[\"\\u0085\",\"\\\\\\u2029\"]}");
        assertThat(value(encoder -> encoder.text("\u2028".repeat(50_000))))
                .isEqualTo('"' + "\\u2028".repeat(50_000) + '"');
        assertThat(value(encoder -> encoder.json('"' + "\u0085".repeat(50_000) + '"')))
                .isEqualTo('"' + "\\u0085".repeat(50_000) + '"');
    }

    @Test
    void escapesThemInIndentedJsonAndInNamesToo() {
        RowEncoder encoder = Encoders.object(columns("n\u2028"), FormatOptions.of(new JsonOptions(2)), out);
        encoder.begin();
        encoder.json("{\"k\":\"\u2029\"}");
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).contains("\"n\\u2028\"", "\"\\u2029\"");
    }

    @Test
    void escapesTheNamesOfColumns() {
        RowEncoder encoder = encoder("a\"b\n");
        encoder.begin();
        encoder.integer(1);
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).isEqualTo("[\n{\"a\\\"b\\n\":1}");
    }

    @Test
    void countsWhatItReplacesInANameOnceForTheFile() {
        RowEncoder encoder = encoder("\ud800");
        encoder.begin();
        encoder.integer(1);
        encoder.endRow();
        encoder.integer(2);
        encoder.endRow();

        assertThat(encoder.counts()).containsEntry("replaced", 1L);
    }

    @Test
    void replacesUnpairedSurrogatesInTextsAndJsonAndCountsThem() {
        RowEncoder encoder = encoder("t", "j");
        encoder.begin();
        encoder.text("a\ud83d\ud83d\ude00");
        encoder.json("[\"\ude00\", \"\\ud800\"]");
        encoder.endRow();

        assertThat(content(out))
                .asString(UTF_8)
                .isEqualTo("[\n{\"t\":\"a\ufffd\ud83d\ude00\",\"j\":[\"\ufffd\",\"\\ud800\"]}");
        assertThat(encoder.counts()).containsEntry("replaced", 2L);
    }

    @Test
    void embedsJsonWithItsOwnSpellingButNoSpaceBetweenTokens() {
        String json = " {\r\n \"a b\" :\t[ 1.50 , \"x \\\" \\\\\" , 1e5 , { \"n\" : null } ] }\n";

        assertThat(value(encoder -> encoder.json(json))).isEqualTo("{\"a b\":[1.50,\"x \\\" \\\\\",1e5,{\"n\":null}]}");
    }

    @Test
    void writesLongValuesWholeWhereverTheyAreSliced() {
        for (int length : new int[] {8_190, 8_191, 8_192, 8_193, 100_000}) {
            String text = "x".repeat(length) + "😀" + "\n \"\\";
            String json = "[\"" + "😀".repeat(length) + " \\\" \"]";

            assertThat(JsonMapper.shared()
                            .readTree(value(encoder -> encoder.text(text)))
                            .asString())
                    .isEqualTo(text);
            assertThat(value(encoder -> encoder.json(json))).isEqualTo(json);
        }
    }

    @Test
    void writesWhatAParserReadsBack() {
        RowEncoder encoder = encoder("t", "n", "j");
        encoder.begin();
        for (int i = 0; i < 0x300; i++) {
            encoder.text("" + (char) i);
            encoder.number(i / 7.0);
            encoder.json("{\"i\": " + i + "}");
            encoder.endRow();
        }
        encoder.end();

        JsonNode rows = JsonMapper.shared().readTree(content(out));
        assertThat(rows).hasSize(0x300);
        for (int i = 0; i < 0x300; i++) {
            assertThat(rows.get(i).get("t").asString()).isEqualTo("" + (char) i);
            assertThat(rows.get(i).get("n").asDouble()).isEqualTo(i / 7.0);
            assertThat(rows.get(i).get("j").get("i").asInt()).isEqualTo(i);
        }
    }

    private String value(java.util.function.Consumer<RowEncoder> value) {
        out.clear();
        RowEncoder encoder = encoder("v");
        value.accept(encoder);
        encoder.endRow();
        String row = new String(out.array(), 0, out.length(), UTF_8);
        return row.substring("\n{\"v\":".length(), row.length() - 1);
    }

    private RowEncoder encoder(String... names) {
        return Encoders.of(Format.JSON, columns(names), FormatOptions.DEFAULT, out, Resume.NONE);
    }
}
