package dev.windrow.worker.encode;

import dev.windrow.common.options.CsvOptions;
import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.Base64Text;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.NumberText;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.encode.row.RowShape;
import dev.windrow.worker.encode.row.TimeText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * CSV as RFC 4180 has it, in UTF-8: a header of the columns' names or titles, then the rows.
 *
 * <ul>
 *   <li>A cell is quoted only when it holds the delimiter, a quote, CR or LF, or is an empty text. This goes for
 *       typed values too: with the delimiter {@code -} a date is quoted.
 *   <li>Null is an empty cell, the empty text (and bytes of length 0) is {@code ""}. But in a file of one column null
 *       is {@code ""} as well: the row would otherwise be an empty line, which most readers skip, and a lost row is
 *       worse than a null that reads as an empty text.
 *   <li>Guarding formulas puts an apostrophe before a text, a JSON text or one of the header that {@link FormulaRule}
 *       says would run, and before each sign within it that would with another delimiter ({@link OtherDelimiters}).
 *       Typed values are left alone but those whose text begins with a sign and is no number, which a spreadsheet takes
 *       for a formula all the same: {@code -Infinity}, years outside 0 to 9999, and base64 that begins with {@code +}.
 *       In a row that begins with a signed number all texts are quoted, since with another delimiter it is one cell:
 *       {@code -5,1*A2} would run, {@code -5,"1*A2"} is no formula anywhere.
 *   <li>A first cell with which the file would begin as one of another format does is quoted ({@link CsvBeginning}).
 *   <li>Unpaired surrogates become U+FFFD; all else, NUL and control characters included, is written as it is.
 * </ul>
 */
final class CsvEncoder implements RowEncoder {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final List<String> header;
    private final CsvOptions options;
    private final EncodedBytes out;
    private final Alterations alterations;
    private final CsvCells cells;
    private final byte delimiter;
    private final RowShape shape;

    /** Where in the buffer the row begins. */
    private int rowStart;

    /** @param header the text above each column */
    CsvEncoder(List<String> header, CsvOptions options, EncodedBytes out, Resume resume) {
        this.header = List.copyOf(header);
        this.options = options;
        this.out = out;
        alterations = new Alterations(resume);
        cells = new CsvCells(options, out, alterations);
        delimiter = (byte) options.delimiter();
        shape = new RowShape(header, resume);
    }

    @Override
    public void begin() {
        shape.begin();
        if (options.bom()) {
            out.put(BOM);
        }
        for (int i = 0; i < shape.width(); i++) {
            String text = header.get(i);
            nextCell(0);
            cells.text(text, i == 0 ? CsvBeginning.isOfAnotherFormat(text) : beganWithSign());
        }
        shape.endHeader();
        endLine();
    }

    /** What a reader of the file takes for the name of a column of that name: formulas are guarded in it too. */
    static String header(String name, CsvOptions options) {
        EncodedBytes cell = new EncodedBytes();
        new CsvCells(options, cell, new Alterations(Resume.NONE)).text(name, true);
        String quoted = new String(cell.array(), 1, cell.length() - 2, StandardCharsets.UTF_8);
        return quoted.replace("\"\"", "\"");
    }

    @Override
    public void nullValue() {
        nextCell(0);
        if (shape.width() == 1) {
            cells.emptyText();
        }
    }

    @Override
    public void integer(long value) {
        int start = nextCell(NumberText.LONGEST_LONG);
        out.end(NumberText.write(value, out.array(), start));
        cells.endTyped(start);
    }

    @Override
    public void number(double value) {
        int start = nextCell(NumberText.LONGEST_DOUBLE);
        out.end(NumberText.write(value, out.array(), start));
        if (Double.isInfinite(value)) {
            cells.endSigned(start);
        } else {
            cells.endTyped(start);
        }
    }

    @Override
    public void decimal(BigDecimal value) {
        ascii(NumberText.of(value));
    }

    @Override
    public void bool(boolean value) {
        ascii(value ? "true" : "false");
    }

    @Override
    public void text(String value) {
        nextCell(0);
        cells.text(value, beganWithSign());
    }

    /** Whether the row began with a sign, and so goes on with what could make it a formula. */
    private boolean beganWithSign() {
        if (!options.escapeFormulas() || shape.isAtFirst()) {
            return false;
        }
        byte first = out.array()[rowStart];
        return first == '-' || first == '+';
    }

    @Override
    public void date(long epochDay) {
        int start = nextCell(TimeText.LONGEST_DATE);
        out.end(TimeText.writeDate(epochDay, out.array(), start));
        cells.endSigned(start);
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        int start = nextCell(TimeText.LONGEST_TIMESTAMP);
        out.end(TimeText.writeTimestamp(epochSecond, nano, out.array(), start));
        cells.endSigned(start);
    }

    /** As text: valid JSON begins with a sign only where it is a number, so at most white space can have it guarded. */
    @Override
    public void json(String value) {
        text(value);
    }

    @Override
    public void bytes(byte[] value) {
        int start = nextCell(0);
        if (value.length == 0) {
            cells.emptyText();
        } else {
            Base64Text.write(value, out);
            cells.endSigned(start);
        }
    }

    @Override
    public void endRow() {
        shape.endRow();
        endLine();
    }

    private void endLine() {
        if (options.crlf()) {
            out.put((byte) '\r');
        }
        out.put((byte) '\n');
    }

    @Override
    public boolean isFull() {
        return options.mostRows() > 0 && shape.rows() >= options.mostRows();
    }

    @Override
    public void end() {
        shape.end();
    }

    @Override
    public Map<String, Long> counts() {
        return alterations.counts();
    }

    /** Begins a cell with room for that many bytes, and gives the index where they begin. */
    private int nextCell(int room) {
        if (shape.nextValue() > 0) {
            out.put(delimiter);
        } else {
            rowStart = out.length();
        }
        out.reserve(room);
        return out.length();
    }

    private void ascii(String value) {
        int start = nextCell(value.length());
        out.end(NumberText.ascii(value, out.array(), start));
        cells.endTyped(start);
    }
}
