package dev.windrow.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Guarded files, read with every delimiter, with and without an understanding of quotes. */
final class CsvOtherReadersTest {
    private static final long SEED = 20_261_128;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    /** A number in JSON, or with a literal behind it: no program makes a formula of it. */
    private static final Pattern NO_FORMULA = Pattern.compile("-[0-9.]+([]}]|[,;\t|]\").*", Pattern.DOTALL);
    /**
     * The end of a row that ended with a quote which that reader takes for an opening one, and the number that the next
     * one begins with. Quotes are in pairs in each row, and here one of them is gone, so that there is a literal
     * without an end.
     */
    private static final Pattern NEXT_ROW = Pattern.compile("[^-]*[\r\n]+-[0-9.]+[,;\t|].*", Pattern.DOTALL);

    /**
     * The number of a column of a file with tabs, behind one that ended with the reader's delimiter: -5, a blank and
     * more is no formula.
     */
    private static final Pattern NEXT_COLUMN = Pattern.compile("[^-]*\t-[0-9.]+([\t\r\n\"].*)?", Pattern.DOTALL);

    @Test
    void findNoCellThatBeginsAFormula() {
        List<String> texts = new ArrayList<>(HostileCells.all());
        texts.addAll(HostileCells.random(SEED, 20_000));
        for (char delimiter : HostileCells.DELIMITERS) {
            String file = file(texts, delimiter);
            for (char other : HostileCells.DELIMITERS) {
                for (boolean quotes : new boolean[] {true, false}) {
                    if (quotes || other != delimiter) {
                        assertThat(cells(file, other, quotes).stream()
                                        .filter(CsvOtherReadersTest::runs)
                                        .filter(cell -> delimiter != '\t'
                                                || !NEXT_COLUMN.matcher(cell).matches()))
                                .as("written with %s, read with %s, quotes %s, seed %d", delimiter, other, quotes, SEED)
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** Two texts a row, after nothing, after a number and after a negative one. */
    private static String file(List<String> texts, char delimiter) {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder = Encoders.of(
                Format.CSV,
                Encoding.columns("n", "a", "b"),
                FormatOptions.of(new CsvOptions(false, delimiter, true, true)),
                out,
                Resume.NONE);
        encoder.begin();
        for (int i = 0; i < texts.size(); i++) {
            if (i % 3 == 0) {
                encoder.text(texts.get((i + 7) % texts.size()));
            } else {
                encoder.integer(i % 3 == 1 ? i : -i);
            }
            encoder.text(texts.get(i));
            encoder.text(texts.get((i + 1) % texts.size()));
            encoder.endRow();
        }
        return new String(out.array(), 0, out.length(), UTF_8);
    }

    private static boolean runs(String cell) {
        String seen = cell.codePoints()
                .dropWhile(FormulaRule::isUnseen)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return !seen.isEmpty()
                && FormulaRule.isSign(seen.codePointAt(0))
                && !NUMBER.matcher(seen).matches()
                && !NO_FORMULA.matcher(seen).matches()
                && !NEXT_ROW.matcher(cell).matches();
    }

    /**
     * As lenient readers do it: a quote is one at a cell's start alone, and what follows a closing one belongs to the
     * cell.
     */
    private static List<String> cells(String file, char delimiter, boolean quotes) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean atStart = true;
        boolean quoted = false;
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            if (quoted) {
                boolean doubled = c == '"' && i + 1 < file.length() && file.charAt(i + 1) == '"';
                quoted = c != '"' || doubled;
                if (quoted) {
                    cell.append(c);
                }
                i += doubled ? 1 : 0;
            } else if (c == delimiter || c == '\r' || c == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                atStart = true;
            } else if (quotes && atStart && c == '"') {
                quoted = true;
                atStart = false;
            } else {
                cell.append(c);
                atStart = false;
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
