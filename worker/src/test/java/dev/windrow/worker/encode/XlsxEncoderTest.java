package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.content;
import static dev.windrow.worker.encode.Encoding.titled;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Workbooks, read back by a reader that is not ours. */
final class XlsxEncoderTest extends RowEncoderContract {
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private final EncodedBytes out = new EncodedBytes();

    @TempDir
    Path folder;

    @Override
    Format format() {
        return Format.XLSX;
    }

    @Override
    byte[] plain(byte[] file) throws IOException {
        return parts(file).get(SHEET);
    }

    @Test
    void writesEveryTypeInItsOwnCell() throws IOException {
        Row row = row(encoder -> {
            encoder.nullValue();
            encoder.integer(-42);
            encoder.number(0.1);
            encoder.decimal(new BigDecimal("19.90"));
            encoder.bool(true);
            encoder.text("Grüße, 世界 \ud83d\ude00");
            encoder.json("{\"a\": [1, \"<&>\"]}");
            encoder.bytes(new byte[] {1, 2, 3, 4});
        });

        assertThat(row.getOptionalCell(0)).isEmpty();
        assertThat(row.getCell(1).asNumber()).isEqualByComparingTo("-42");
        assertThat(row.getCell(2).asNumber()).isEqualByComparingTo("0.1");
        assertThat(row.getCell(3).asNumber()).isEqualByComparingTo("19.9");
        assertThat(row.getCell(4).asBoolean()).isTrue();
        assertThat(row.getCell(5).asString()).isEqualTo("Grüße, 世界 \ud83d\ude00");
        assertThat(row.getCell(6).asString()).isEqualTo("{\"a\": [1, \"<&>\"]}");
        assertThat(row.getCell(7).asString()).isEqualTo("AQIDBA==");
    }

    @Test
    void tellsTheEmptyTextFromNull() throws IOException {
        Row row = row(encoder -> {
            encoder.text("");
            encoder.nullValue();
        });

        assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
        assertThat(row.getCell(0).asString()).isEmpty();
        assertThat(row.getOptionalCell(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "=HYPERLINK(\"http://example.org\")", "+1", "-1", "@SUM(A1)", "\t=1", "1", "TRUE", "#N/A"
            })
    void neverMakesMoreOfATextThanAText(String text) throws IOException {
        byte[] file = file(List.of("t"), encoder -> encoder.text(text));

        Cell cell = rows(file).get(1).getCell(0);
        assertThat(cell.getType()).isEqualTo(CellType.STRING);
        assertThat(cell.asString()).isEqualTo(text);
        assertThat(sheet(file)).doesNotContain("<f>");
    }

    @Test
    void writesAsTextWhatANumberCouldNotGiveBack() throws IOException {
        Row row = row(encoder -> {
            encoder.integer(-999_999_999_999_999L);
            encoder.integer(1_000_000_000_000_000L);
            encoder.integer(4_111_111_111_111_111L);
            encoder.integer(Long.MIN_VALUE);
            encoder.decimal(new BigDecimal("123456789012345.6"));
            encoder.decimal(new BigDecimal("18446744073709551616"));
            encoder.number(Double.NaN);
            encoder.number(Double.NEGATIVE_INFINITY);
            encoder.number(Double.MIN_VALUE);
            encoder.number(Double.MAX_VALUE);
        });

        assertThat(row.getCell(0).asNumber()).isEqualByComparingTo("-999999999999999");
        assertThat(row.stream().skip(1).map(Cell::asString))
                .containsExactly(
                        "1000000000000000",
                        "4111111111111111",
                        "-9223372036854775808",
                        "123456789012345.6",
                        "18446744073709551616",
                        "NaN",
                        "-Infinity",
                        "4.9E-324",
                        "1.7976931348623157E308");
    }

    @Test
    void writesTheOutermostNumbersThatASheetHoldsAsNumbers() throws IOException {
        Row row = row(encoder -> {
            encoder.integer(999_999_999_999_999L);
            encoder.number(Double.MIN_NORMAL);
            encoder.number(-9.99999999999999e307);
            encoder.number(1.23456789012345e300);
            encoder.decimal(new BigDecimal("123456789012345"));
            encoder.decimal(new BigDecimal("1234567890.12345"));
            encoder.decimal(new BigDecimal("1E-290"));
            encoder.decimal(new BigDecimal("1E+14"));
        });

        assertThat(row.stream().map(Cell::getType)).hasSize(8).containsOnly(CellType.NUMBER);
        assertThat(row.stream().map(cell -> Double.parseDouble(cell.getRawValue())))
                .containsExactly(
                        999_999_999_999_999.0,
                        Double.MIN_NORMAL,
                        -9.99999999999999e307,
                        1.23456789012345e300,
                        123_456_789_012_345.0,
                        1_234_567_890.12345,
                        1e-290,
                        1e14);
    }

    @Test
    void writesAsTextWhatIsOneStepBeyondThem() throws IOException {
        List<String> beyond = List.of("-1000000000000000", "1234567890123456", "1E-291", "1E+15", "12345678901.123456");
        Row row = row(encoder -> {
            encoder.integer(Long.parseLong(beyond.get(0)));
            beyond.stream().skip(1).map(BigDecimal::new).forEach(encoder::decimal);
        });

        assertThat(row.stream().map(cell -> new BigDecimal(cell.asString())))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(beyond.stream().map(BigDecimal::new).toList());
    }

    @Test
    void writesADoubleAsTextWhereWholeDigitsWouldNotBeShown() throws IOException {
        Row row = row(encoder -> {
            encoder.number(0.30000000000000004);
            encoder.number(123_456_789_012_345.67);
            encoder.number(1e15);
            encoder.number(1.5e20);
            encoder.number(4_111_111_111_111_111.0);
            encoder.number(-1.2345678901234567e20);
            encoder.decimal(new BigDecimal("4E+15"));
        });

        assertThat(row.stream().limit(4).map(Cell::asNumber).map(BigDecimal::doubleValue))
                .containsExactly(0.30000000000000004, 123_456_789_012_345.67, 1e15, 1.5e20);
        assertThat(row.stream().skip(4).limit(3).map(Cell::asString))
                .containsExactly("4.111111111111111E15", "-1.2345678901234567E20", "4000000000000000");
    }

    @Test
    void writesANumberOfJsonAsANumberAndOtherJsonAsText() throws IOException {
        List<String> numbers = List.of("0.1", "-1.5", "1E-7", "0.30000000000000004", "999999999999999", "1e20", "0");
        List<String> texts = List.of(
                "0.1000000000000000055",
                "1000000000000000",
                "9007199254740992",
                "4111111111111111.0",
                "1e400",
                "1e-400",
                "1e99999999999",
                "9".repeat(500),
                "\"1\"",
                "true",
                "[1]");
        Row row = rows(file(List.of(names(numbers.size() + texts.size())), encoder -> {
                    numbers.forEach(encoder::json);
                    texts.forEach(encoder::json);
                }))
                .get(1);

        for (int i = 0; i < numbers.size(); i++) {
            assertThat(row.getCell(i).asNumber()).isEqualByComparingTo(numbers.get(i));
        }
        assertThat(row.stream().skip(numbers.size()).map(Cell::asString)).isEqualTo(texts);
    }

    @Test
    void givesDoublesBackToTheLastBit() throws IOException {
        double[] values = {
            -0.0,
            1e-5,
            Double.parseDouble("2e23"),
            Math.PI,
            1 / 3.0,
            123456789.98765433,
            1e300,
            -5e-300,
            0x1.fffffffffffffp0
        };
        Row row = row(encoder -> {
            for (double value : values) {
                encoder.number(value);
            }
        });

        for (int i = 0; i < values.length; i++) {
            assertThat(Double.parseDouble(row.getCell(i).getRawValue())).isEqualTo(values[i]);
        }
    }

    @Test
    void writesDaysAndInstantsAsDates() throws IOException {
        LocalDate day = LocalDate.of(2024, 2, 29);
        LocalDate first = LocalDate.of(1900, 3, 1);
        LocalDate last = LocalDate.of(9999, 12, 31);
        Row row = row(encoder -> {
            encoder.date(day.toEpochDay());
            encoder.date(first.toEpochDay());
            encoder.date(last.toEpochDay());
            encoder.timestamp(1_709_208_000, 250_000_000);
            encoder.timestamp(-1, 999_000_000);
        });

        assertThat(row.getCell(0).asDate()).isEqualTo(day.atStartOfDay());
        assertThat(row.getCell(1).asDate()).isEqualTo(first.atStartOfDay());
        assertThat(row.getCell(2).asDate()).isEqualTo(last.atStartOfDay());
        assertThat(row.getCell(3).asDate()).isEqualTo(LocalDateTime.parse("2024-02-29T12:00:00.250"));
        assertThat(row.getCell(4).asDate()).isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999"));
        assertThat(row.getCell(0).getDataFormatString()).isEqualTo("yyyy\\-mm\\-dd");
        assertThat(row.getCell(3).getDataFormatString()).isEqualTo("yyyy\\-mm\\-dd\\Thh:mm:ss.000\\Z");
    }

    @Test
    void writesAsTextTheTimesThatADateCouldNotGiveBack() throws IOException {
        Row row = row(encoder -> {
            encoder.date(LocalDate.of(1900, 2, 28).toEpochDay());
            encoder.date(LocalDate.of(10_000, 1, 1).toEpochDay());
            encoder.timestamp(1_709_208_000, 250_001_000);
            encoder.timestamp(-2_203_891_201L, 0);
        });

        assertThat(row.stream().map(Cell::asString))
                .containsExactly("1900-02-28", "+10000-01-01", "2024-02-29T12:00:00.250001Z", "1900-02-28T23:59:59Z");
    }

    @Test
    void keepsWhiteSpaceAndLineEnds() throws IOException {
        for (String text : List.of(" a ", " a", "a ", "\ta", "a\r\nb\rc\nd", "\n", " ", "a  b", "\u00a0x")) {
            assertThat(rows(file(List.of("t"), encoder -> encoder.text(text)))
                            .get(1)
                            .getCell(0)
                            .asString())
                    .isEqualTo(text);
        }
    }

    /** Programs would leave it out, though our reader does not. */
    @Test
    void saysThatWhiteSpaceAtEitherEndCounts() throws IOException {
        for (String text : List.of(" a", "a ")) {
            assertThat(sheet(file(List.of("t"), encoder -> encoder.text(text))))
                    .contains("<t xml:space=\"preserve\">" + text + "</t>");
        }
    }

    @Test
    void replacesAndCountsWhatXmlCannotHold() throws IOException {
        byte[] file =
                file(List.of("t\u0001"), encoder -> encoder.text("a\0b\u001fc\ud800d\uffff\ufffe\u007f\ud83d\ude00"));

        assertThat(rows(file).get(0).getCell(0).asString()).isEqualTo("t\ufffd");
        assertThat(rows(file).get(1).getCell(0).asString())
                .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd\ufffd\u007f\ud83d\ude00");
        assertThat(counts).containsEntry("replaced", 6L);
    }

    /** Programs take _x0041_ for A, so the underscore that begins it is itself escaped. */
    @Test
    void keepsTextsThatReadAsAnEscape() throws IOException {
        byte[] file = file(List.of("t"), encoder -> encoder.text("_x0041_ _x00_ x_x000d__x"));

        assertThat(sheet(file)).contains("<t>_x005F_x0041_ _x00_ x_x005F_x000d__x</t>");
        byte[] last = file(List.of("t"), encoder -> encoder.text("_x000d_ _x00gd_ _x000d"));
        assertThat(sheet(last)).contains("<t>_x005F_x000d_ _x00gd_ _x000d</t>");
    }

    @Test
    void cutsTextsThatNoCellCanHoldAndCountsThem() throws IOException {
        String longest = "x".repeat(32_767);
        String halves = "y".repeat(32_766) + "\ud83d\ude00";
        Row row = row(encoder -> {
            encoder.text(longest);
            encoder.text(longest + "z");
            encoder.text(halves);
            encoder.bytes(new byte[30_000]);
        });

        assertThat(row.getCell(0).asString()).isEqualTo(longest);
        assertThat(row.getCell(1).asString()).isEqualTo(longest);
        assertThat(row.getCell(2).asString()).isEqualTo("y".repeat(32_766));
        assertThat(row.getCell(3).asString()).hasSize(32_767);
        assertThat(counts)
                .containsExactly(Map.entry("replaced", 0L), Map.entry("escaped", 0L), Map.entry("truncated", 3L));
    }

    /** Where a text ends is told by the length of its cell, not of the rows that wait with it. */
    @Test
    void cutsNoCellForWhatStandsBeforeIt() throws IOException {
        byte[] bytes = new byte[20_000];
        Row row = row(encoder -> {
            encoder.bytes(bytes);
            encoder.bytes(bytes);
        });

        assertThat(Base64.getDecoder().decode(row.getCell(0).asString())).isEqualTo(bytes);
        assertThat(Base64.getDecoder().decode(row.getCell(1).asString())).isEqualTo(bytes);
        assertThat(counts).containsEntry("truncated", 0L);
    }

    /** By its end, as programs do that do not read a file from its beginning; and what each part's sizes are. */
    @Test
    void isAZipFromItsEnd() throws IOException {
        byte[] file = file(List.of("t"), encoder -> encoder.text("x"));
        Path path = Files.write(folder.resolve("x.xlsx"), file);

        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertThat(zip.size()).isEqualTo(6);
            for (Map.Entry<String, byte[]> part : parts(file).entrySet()) {
                assertThat(zip.getInputStream(zip.getEntry(part.getKey()))).hasBinaryContent(part.getValue());
            }
            assertThat(new byte[] {file[file.length - 14], file[file.length - 12]})
                    .as("how many parts there are, on this disk and on all")
                    .containsExactly(6, 6);
            long deflated = zip.getEntry(SHEET).getCompressedSize();
            String bytes = new String(file, ISO_8859_1);
            int sheet = bytes.lastIndexOf(SHEET, bytes.lastIndexOf(SHEET) - 1) + SHEET.length() + (int) deflated;
            assertThat(bytes.substring(sheet)).as("the descriptor").startsWith("PK\u0007\b");
        }
    }

    @Test
    void showsTheHeaderInBold() throws IOException {
        byte[] file = file(List.of("t"), encoder -> encoder.text("x"));

        String styles = new String(parts(file).get("xl/styles.xml"), UTF_8);
        assertThat(sheet(file)).contains("<c r=\"A1\" s=\"1\" ");
        assertThat(styles)
                .contains("<font><b/>")
                .containsPattern("<cellXfs count=\"4\"><xf [^>]* fontId=\"0\" [^>]*/><xf [^>]* fontId=\"1\" [^>]*"
                        + " applyFont=\"1\"/>");
    }

    @Test
    void givesBackTheNaughtyStrings() throws IOException {
        List<String> texts = new ArrayList<>();
        try (InputStream in = XlsxEncoderTest.class.getResourceAsStream("blns.json")) {
            for (JsonNode text : JsonMapper.shared().readTree(in)) {
                texts.add(text.asString());
            }
        }
        List<Row> rows = rows(file(List.of("t"), encoder -> {
            texts.forEach(text -> {
                encoder.text(text);
                encoder.endRow();
            });
            encoder.text("last");
        }));

        for (int i = 0; i < texts.size(); i++) {
            String expected = texts.get(i).replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd");
            assertThat(rows.get(i + 1).getCell(0).asString()).isEqualTo(expected);
        }
    }

    @Test
    void hasTheColumnsNamesInARowThatStaysInView() throws IOException {
        byte[] file = file(List.of("id", "=name"), encoder -> {
            encoder.integer(1);
            encoder.nullValue();
        });

        assertThat(rows(file).get(0).stream().map(Cell::asString)).containsExactly("id", "=name");
        assertThat(sheet(file))
                .contains("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>");
    }

    @Test
    void hasTitlesInItsFirstRowWhereTheyAreAskedFor() throws IOException {
        FormatOptions titles = new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT, Headers.TITLES);
        String longest = "x".repeat(32_768);
        RowEncoder encoder = Encoders.of(
                Format.XLSX,
                List.of(
                        titled("id", "=1+1"),
                        titled("at", null),
                        titled("a", "Value"),
                        titled("b", "Value"),
                        titled("control", "\0"),
                        titled("long", longest)),
                titles,
                out,
                Resume.NONE);
        encoder.begin();
        encoder.end();

        assertThat(rows(content(out)).get(0).stream().map(Cell::asString))
                .containsExactly("=1+1", "at", "Value", "Value", "\ufffd", longest.substring(1));
        assertThat(encoder.counts()).isEqualTo(Map.of("replaced", 1L, "escaped", 0L, "truncated", 1L));
    }

    @Test
    void namesEveryColumnOfAWideSheet() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            names.add("c" + i);
        }
        Row row = rows(file(names, encoder -> names.forEach(name -> encoder.integer(name.length()))))
                .get(0);

        assertThat(row.getCell(25).getAddress()).hasToString("Z1");
        assertThat(row.getCell(26).getAddress()).hasToString("AA1");
        assertThat(row.getCell(701).getAddress()).hasToString("ZZ1");
        assertThat(row.getCell(702).getAddress()).hasToString("AAA1");
        assertThat(row.getCell(799).asString()).isEqualTo("c799");
    }

    @Test
    void makesRoomForDatesInTheirColumns() throws IOException {
        RowEncoder encoder = Encoders.of(
                Format.XLSX,
                List.of(
                        column("n", ColumnType.INTEGER),
                        column("day", ColumnType.DATE),
                        column("at", ColumnType.TIMESTAMP)),
                FormatOptions.DEFAULT,
                out,
                Resume.NONE);
        encoder.begin();
        encoder.end();

        assertThat(sheet(Encoding.content(out)))
                .contains("<cols><col min=\"2\" max=\"2\" width=\"12\" customWidth=\"1\"/>"
                        + "<col min=\"3\" max=\"3\" width=\"27\" customWidth=\"1\"/></cols>");
    }

    @Test
    void takesNoMoreRowsThanASheetHas() {
        RowEncoder encoder = Encoders.of(
                Format.XLSX, Encoding.columns("n"), FormatOptions.DEFAULT, out, new Resume(1_048_574, Map.of()));
        assertThat(encoder.isFull()).isFalse();
        encoder.integer(1);
        encoder.endRow();

        assertThat(encoder.isFull()).isTrue();
    }

    /** An older reader's limit comes first: 2 GiB of one part. */
    @Test
    void takesNoMoreBytesThanAFileWithoutZip64Can() {
        Map<String, Long> state = new HashMap<>(Map.of("sheetBytes", 1_499_999_990L));
        RowEncoder encoder =
                Encoders.of(Format.XLSX, Encoding.columns("n"), FormatOptions.DEFAULT, out, new Resume(5, state));
        assertThat(encoder.isFull()).isFalse();
        encoder.text("some ten bytes");
        encoder.endRow();

        assertThat(encoder.isFull()).isTrue();
    }

    /** Nothing in the package that tells the clock; and the parts that tell what it is come first. */
    @Test
    void hasFixedTimesAndNoPropertiesOfADocument() throws IOException {
        byte[] file = file(List.of("t"), encoder -> encoder.text("x"));

        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 1, 1, 0, 0));
            }
        }
        assertThat(names)
                .containsExactly(
                        "[Content_Types].xml",
                        "_rels/.rels",
                        "xl/workbook.xml",
                        "xl/_rels/workbook.xml.rels",
                        "xl/styles.xml",
                        SHEET);
    }

    private Map<String, Long> counts = Map.of();

    /** A row of these values, and no cells after them. */
    private Row row(Consumer<RowEncoder> values) throws IOException {
        return rows(file(List.of(names(10)), encoder -> {
                    values.accept(encoder);
                    fill(encoder);
                }))
                .get(1);
    }

    private static void fill(RowEncoder encoder) {
        try {
            for (int i = 0; i < 10; i++) {
                encoder.nullValue();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("more values than the 10 columns");
        }
    }

    private static String[] names(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "c" + i;
        }
        return names;
    }

    private byte[] file(List<String> names, Consumer<RowEncoder> values) {
        out.clear();
        RowEncoder encoder = Encoders.of(
                Format.XLSX, Encoding.columns(names.toArray(String[]::new)), FormatOptions.DEFAULT, out, Resume.NONE);
        encoder.begin();
        values.accept(encoder);
        encoder.endRow();
        encoder.end();
        counts = encoder.counts();
        return Encoding.content(out);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, false, null);
    }

    private static List<Row> rows(byte[] file) throws IOException {
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, false))) {
            return workbook.getFirstSheet().read();
        }
    }

    private static String sheet(byte[] file) throws IOException {
        return new String(parts(file).get(SHEET), UTF_8);
    }

    private static Map<String, byte[]> parts(byte[] file) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }
}
