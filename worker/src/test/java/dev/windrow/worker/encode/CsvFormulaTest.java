package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.cell;
import static dev.windrow.worker.encode.Encoding.columns;
import static dev.windrow.worker.encode.Encoding.content;
import static dev.windrow.worker.encode.Encoding.guarded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.CsvOptions;
import dev.windrow.common.export.FormatOptions;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(cell(guarded(), encoder -> encoder.text("\r=1"))).isEqualTo("\"'\r=1\"");
        assertThat(cell(guarded(), encoder -> encoder.text(""))).isEqualTo("\"\"");
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
}
