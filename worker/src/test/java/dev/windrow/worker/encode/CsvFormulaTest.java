package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.cell;
import static dev.windrow.worker.encode.Encoding.columns;
import static dev.windrow.worker.encode.Encoding.content;
import static dev.windrow.worker.encode.Encoding.guarded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFormulaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1+1",
                "-2+3",
                "@SUM(A1)",
                "\tx",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff20a",
                " =1",
                "\u00a0\ufeff =1",
                "\u0000=1",
                "\u0001\u001f\u007f\u0085+1",
                "\u200b\u2060\u00ad-1+1",
                "\u3000\u2003\u2800\u3164@a",
                "\udb40\udc41=1",
                " \u0000 \tx",
                "\ufe661",
                "\ufe62a",
                "=",
                "-",
                "--1",
                "-1-1",
                "-1.2.3",
                "+.",
                "-1e",
                "-1e+",
                "+1e5x",
                "-\u0663",
                " -5",
                "-Infinity",
                "-0x1F"
            })
    void guardsATextThatWouldRun(String text) {
        assertThat(cell(guarded(), encoder -> encoder.text(text))).isEqualTo('\'' + text);
        assertThat(cell(encoder -> encoder.text(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "+5",
                "-1.5",
                "+1.",
                "-.5",
                "-1E5",
                "+1.5e-10",
                "+49301234567",
                "a=1",
                "'=1",
                "1-2",
                "'",
                " ",
                "\ufeff",
                "|calc",
                "%0A",
                "(=1)"
            })
    void leavesOtherTextsAndPlainNumbersAlone(String text) {
        assertThat(cell(guarded(), encoder -> encoder.text(text))).isEqualTo(text);
    }

    @Test
    void guardsWithinTheQuotes() {
        assertThat(cell(guarded(), encoder -> encoder.text("=HYPERLINK(\"x\",1)")))
                .isEqualTo("\"'=HYPERLINK(\"\"x\"\",1)\"");
        assertThat(cell(guarded(), encoder -> encoder.text("\rx"))).isEqualTo("\"'\rx\"");
        assertThat(cell(guarded(), encoder -> encoder.text(""))).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "a;=1+1 > \"a;'=1+1\"",
                "a;=1+1;b > \"a;'=1+1;b\"",
                "a| \t+1+1|-2+3|@b > \"a| \t'+1+1|'-2+3|'@b\"",
                "a;\"=1\" > \"a;\"\"'=1\"\"\"",
                "a;;=1 > \"a;;'=1\"",
                "=1;=1 > \"'=1;'=1\"",
                "a;-1 > \"a;'-1\"",
                "a\u0080;=1 > \"a\u0080;'=1\"",
                "a;\uff1d1 > \"a;'\uff1d1\"",
                // What begins no formula for anybody stays as it is.
                "a;b=1 > a;b=1",
                "a;-1.5;b > a;-1.5;b",
                "a;-1.5|b > \"a;'-1.5|b\"",
                "a; \t-1.5\tb > \"a; \t'-1.5\tb\"",
                "a;'=1 > a;'=1",
                "a,=1 > \"a,=1\"",
                "a, -b > \"a, -b\"",
                "a;,=1 > \"a;,=1\"",
                "|calc > |calc",
            })
    void guardsWhatAnotherDelimiterWouldMakeAFormula(String text, String cell) {
        assertThat(cell(guarded(), encoder -> encoder.text(text))).isEqualTo(cell);
    }

    @Test
    void guardsWhatALineEndWithinACellWouldMakeAFormula() {
        assertThat(cell(guarded(), encoder -> encoder.text("a\n=1"))).isEqualTo("\"a\n'=1\"");
        assertThat(cell(guarded(), encoder -> encoder.text("a\r\n \u0000=1"))).isEqualTo("\"a\r\n \u0000'=1\"");
        assertThat(cell(guarded(), encoder -> encoder.text("\r=1"))).isEqualTo("\"'\r'=1\"");
        assertThat(cell(encoder -> encoder.text("a\n=1"))).isEqualTo("\"a\n=1\"");
    }

    @Test
    void keepsJsonValid() {
        CsvOptions semicolons = new CsvOptions(false, ';', true, true);

        assertThat(cell(semicolons, encoder -> encoder.json("[1,-2,[-3.5],{\"a\":[0,-4]}]")))
                .isEqualTo("\"[1,-2,[-3.5],{\"\"a\"\":[0,-4]}]\"");
        assertThat(cell(semicolons, encoder -> encoder.json("[\"a\",\"=1\"]")))
                .isEqualTo("\"[\"\"a\"\",\"\"'=1\"\"]\"");
    }

    @Test
    void quotesTextsThatWouldBelongToTheNumberThatTheRowBeginsWith() {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder =
                Encoders.of(Format.CSV, columns("a", "b", "c"), FormatOptions.of(guarded()), out, Resume.NONE);
        for (long number : new long[] {-5, 5}) {
            encoder.integer(number);
            encoder.text("1*cmd|'/C calc'!A0");
            encoder.nullValue();
            encoder.endRow();
        }

        assertThat(content(out)).asString(UTF_8).isEqualTo("-5,\"1*cmd|'/C calc'!A0\",\r\n5,1*cmd|'/C calc'!A0,\r\n");
    }

    @Test
    void takesTimeThatGrowsWithTheTextAlone() {
        String hostile = ";\t\"".repeat(1_000_000) + "=1" + ";-1".repeat(1_000_000);

        assertTimeout(Duration.ofSeconds(20), () -> cell(guarded(), encoder -> encoder.text(hostile)));
    }

    @Test
    void skipsWhateverUnicodeTakesForABlankOrUnseen() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            boolean unseen = switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> true;
                default -> Character.isWhitespace(point);
            };
            if (unseen) {
                assertThat(FormulaRule.runs(Character.toString(point) + "=1"))
                        .as("U+%04X", point)
                        .isTrue();
            }
        }
        assertThat(FormulaRule.runs("a=1")).isFalse();
        assertThat(FormulaRule.runs("\u0301=1")).isFalse();
    }

    @Test
    void quotesAGuardThatIsTheDelimiter() {
        CsvOptions options = new CsvOptions(false, '\'', true, true);

        assertThat(cell(options, encoder -> encoder.text("=1"))).isEqualTo("\"'=1\"");
        assertThat(cell(options, encoder -> encoder.number(Double.NEGATIVE_INFINITY)))
                .isEqualTo("\"'-Infinity\"");
    }

    @Test
    void neverGuardsTypedNumbersAndOrdinaryTimes() {
        assertThat(cell(guarded(), encoder -> encoder.integer(-5))).isEqualTo("-5");
        assertThat(cell(guarded(), encoder -> encoder.number(-1.5))).isEqualTo("-1.5");
        assertThat(cell(guarded(), encoder -> encoder.number(-0.0))).isEqualTo("-0.0");
        assertThat(cell(guarded(), encoder -> encoder.number(-1e300))).isEqualTo("-1.0E300");
        assertThat(cell(guarded(), encoder -> encoder.decimal(new BigDecimal("-7.50"))))
                .isEqualTo("-7.50");
        assertThat(cell(guarded(), encoder -> encoder.date(-1))).isEqualTo("1969-12-31");
        assertThat(cell(guarded(), encoder -> encoder.json("-5"))).isEqualTo("-5");
    }

    @Test
    void guardsTypedValuesThatBeginWithASignAndAreNoNumber() {
        long year10000 = 2_932_897;
        assertThat(cell(guarded(), encoder -> encoder.number(Double.NEGATIVE_INFINITY)))
                .isEqualTo("'-Infinity");
        assertThat(cell(guarded(), encoder -> encoder.date(year10000))).isEqualTo("'+10000-01-01");
        assertThat(cell(guarded(), encoder -> encoder.timestamp(-62_167_219_201L, 0)))
                .isEqualTo("'-0001-12-31T23:59:59Z");
        assertThat(cell(guarded(), encoder -> encoder.bytes(new byte[] {-8}))).isEqualTo("'+A==");
        assertThat(cell(encoder -> encoder.number(Double.NEGATIVE_INFINITY))).isEqualTo("-Infinity");
        assertThat(cell(encoder -> encoder.date(year10000))).isEqualTo("+10000-01-01");
        assertThat(cell(encoder -> encoder.bytes(new byte[] {-8}))).isEqualTo("+A==");
    }

    @Test
    void guardsJsonOnlyAfterLeadingWhiteSpace() {
        assertThat(cell(guarded(), encoder -> encoder.json("[1]"))).isEqualTo("[1]");
        assertThat(cell(guarded(), encoder -> encoder.json("\t[1]"))).isEqualTo("'\t[1]");
    }

    @Test
    void guardsAndCountsTheHeaderOnlyWhenAsked() {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder =
                Encoders.of(Format.CSV, columns("-x", "=\"y\"", "z"), FormatOptions.of(guarded()), out, Resume.NONE);
        encoder.begin();
        encoder.text("@a");
        encoder.text("b");
        encoder.integer(-1);
        encoder.endRow();

        assertThat(content(out)).asString(UTF_8).isEqualTo("'-x,\"'=\"\"y\"\"\",z\r\n'@a,b,-1\r\n");
        assertThat(encoder.counts()).containsEntry("escaped", 3L);
    }

    @Test
    void countsACellOnce() {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder = Encoders.of(Format.CSV, columns("a"), FormatOptions.of(guarded()), out, Resume.NONE);
        encoder.text("=1;=1;=1");
        encoder.endRow();
        encoder.text("a;=1;=1");
        encoder.endRow();

        assertThat(encoder.counts()).containsEntry("escaped", 2L);
    }
}
