package dev.windrow.worker.encode.xlsx;

import dev.windrow.common.catalog.Column;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workbook (ECMA-376) of one sheet, with the columns' names or titles in a row that stays in view.
 *
 * <ul>
 *   <li>Numbers, yes and no, days and instants are typed cells where the cell gives back what went in, and texts
 *       where it would not: integers and decimals of more than 15 digits, of which programs show no more, doubles of
 *       more whole digits than that and doubles that no cell can hold, days and instants before March 1900 or after
 *       9999, and instants finer than a millisecond.
 *   <li>JSON is a text, unless all of it is a number that a cell gives back.
 *   <li>A text is a text, whatever it begins with: there are no formulas.
 *   <li>Null is no cell, the empty text is a cell with an empty text.
 *   <li>Control characters that XML cannot hold and unpaired surrogates become U+FFFD. Texts of more than 32,767
 *       UTF-16 units are cut.
 * </ul>
 */
public final class XlsxEncoder implements RowEncoder {
    /** Rows of a sheet below its header. */
    static final long MOST_ROWS = 1_048_575;
    /** Of XML, in bytes; with it the file stays within what needs no ZIP64, and within what most programs can read. */
    private static final long MOST_BYTES = 1_500_000_000;

    private static final int MOST_COLUMNS = 16_384;
    private final List<Column> columns;
    private final List<String> header;
    private final EncodedBytes out;
    private final Alterations alterations;
    private final XlsxCells cells;
    private final DeflatedSheet sheet;
    private final RowShape shape;

    /** Where in the buffer XML begins; what is before it is final. */
    private int plainFrom;

    /**
     * Writes into a buffer.
     *
     * @param header the text above each column
     * @throws IllegalArgumentException when there are more columns than a sheet can have
     */
    public XlsxEncoder(List<Column> columns, List<String> header, EncodedBytes out, Resume resume) {
        if (columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException("columns: " + columns.size());
        }
        this.columns = List.copyOf(columns);
        this.header = List.copyOf(header);
        this.out = out;
        alterations = new Alterations(resume);
        cells = new XlsxCells(columns.size(), out, alterations);
        sheet = new DeflatedSheet(resume);
        shape = new RowShape(columns, resume);
    }

    @Override
    public void begin() {
        shape.begin();
        XlsxContainer.begin(out);
        plainFrom = out.length();
        ascii(XlsxContainer.sheetHead());
        ascii(
                "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\""
                        + " state=\"frozen\"/></sheetView></sheetViews>");
        ascii(widths());
        ascii("<sheetData>");
        cells.beginRow(1);
        for (int i = 0; i < shape.width(); i++) {
            cells.text(i, XlsxStyle.HEADER, header.get(i));
        }
        cells.endRow();
    }

    private String widths() {
        StringBuilder widths = new StringBuilder();
        for (int i = 0; i < shape.width(); i++) {
            int characters = XlsxStyle.width(columns.get(i).type());
            if (characters > 0) {
                int number = i + 1;
                widths.append("<col min=\"" + number + "\" max=\"" + number + "\" width=\"" + characters
                        + "\" customWidth=\"1\"/>");
            }
        }
        return widths.isEmpty() ? "" : "<cols>" + widths + "</cols>";
    }

    @Override
    public void nullValue() {
        nextCell();
    }

    @Override
    public void integer(long value) {
        int column = nextCell();
        boolean exact = XlsxNumbers.holds(value);
        int start = begin(column, exact, XlsxStyle.PLAIN, NumberText.LONGEST_LONG);
        out.end(NumberText.write(value, out.array(), start));
        end(exact, start);
    }

    @Override
    public void number(double value) {
        int column = nextCell();
        boolean held = XlsxNumbers.holds(value);
        int start = begin(column, held, XlsxStyle.PLAIN, NumberText.LONGEST_DOUBLE);
        out.end(NumberText.write(value, out.array(), start));
        end(held, start);
    }

    @Override
    public void decimal(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= 18) {
            integer(value.longValueExact());
            return;
        }
        int column = nextCell();
        boolean exact = XlsxNumbers.holds(value);
        String text = NumberText.of(value);
        int start = begin(column, exact, XlsxStyle.PLAIN, text.length());
        out.end(NumberText.ascii(text, out.array(), start));
        end(exact, start);
    }

    @Override
    public void bool(boolean value) {
        cells.bool(nextCell(), value);
    }

    @Override
    public void text(String value) {
        cells.text(nextCell(), XlsxStyle.PLAIN, value);
    }

    @Override
    public void date(long epochDay) {
        int column = nextCell();
        boolean held = XlsxNumbers.holdsDay(epochDay);
        int start = begin(column, held, XlsxStyle.DATE, TimeText.LONGEST_DATE);
        out.end(
                held
                        ? NumberText.write(XlsxNumbers.day(epochDay), out.array(), start)
                        : TimeText.writeDate(epochDay, out.array(), start));
        end(held, start);
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        int column = nextCell();
        boolean held = XlsxNumbers.holdsInstant(epochSecond, nano);
        int start = begin(column, held, XlsxStyle.TIMESTAMP, TimeText.LONGEST_TIMESTAMP);
        out.end(
                held
                        ? NumberText.write(XlsxNumbers.instant(epochSecond, nano), out.array(), start)
                        : TimeText.writeTimestamp(epochSecond, nano, out.array(), start));
        end(held, start);
    }

    @Override
    public void json(String value) {
        if (XlsxNumbers.holdsJson(value)) {
            number(Double.parseDouble(value));
        } else {
            text(value);
        }
    }

    @Override
    public void bytes(byte[] value) {
        int start = cells.beginAscii(nextCell(), 0);
        Base64Text.write(value, out);
        cells.endAscii(start);
    }

    @Override
    public void endRow() {
        shape.endRow();
        cells.endRow();
    }

    @Override
    public boolean isFull() {
        return shape.rows() >= MOST_ROWS || sheet.sizes().bytes() + out.length() - plainFrom >= MOST_BYTES;
    }

    @Override
    public void endBlock() {
        sheet.deflate(out, plainFrom);
        plainFrom = 0;
    }

    @Override
    public void end() {
        shape.end();
        ascii("</sheetData></worksheet>");
        sheet.deflate(out, plainFrom);
        sheet.end(out);
        XlsxContainer.end(sheet.sizes(), out);
    }

    @Override
    public Map<String, Long> counts() {
        return alterations.counts();
    }

    @Override
    public Map<String, Long> state() {
        Map<String, Long> state = new LinkedHashMap<>(alterations.counts());
        state.putAll(sheet.state());
        return state;
    }

    /**
     * Begins a value, as a number or as a text, with room for that many bytes, and gives the index where they begin.
     */
    private int begin(int column, boolean asNumber, XlsxStyle style, int room) {
        return asNumber ? cells.beginNumber(column, style, room) : cells.beginAscii(column, room);
    }

    private void end(boolean asNumber, int start) {
        if (asNumber) {
            cells.endNumber();
        } else {
            cells.endAscii(start);
        }
    }

    private int nextCell() {
        int value = shape.nextValue();
        if (value == 0) {
            cells.beginRow(shape.rows() + 2);
        }
        return value;
    }

    private void ascii(String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
