package dev.windrow.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.CsvText;
import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in the cells of a file is what was put there, to a strict reader that is not ours. */
class CellsFuzzTest {
    private static final List<String> PARTS = List.of(
            "=",
            "+",
            "-",
            "@",
            "\t",
            "\r",
            "\n",
            "\"",
            "'",
            ",",
            ";",
            "|",
            " ",
            "\0",
            "\u00a0",
            "\ufeff",
            "\uff1d",
            "_x000D_",
            "_x005F_",
            "_x",
            "&amp;",
            "<",
            ">",
            "]]>",
            "1",
            "1e5",
            ".",
            "\ud83d\ude00",
            "\ud800",
            "\udc00",
            "\ufffe",
            "a",
            "é");
    private static final int COLUMNS = 3;
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    @Test
    void csvHoldsEveryTextAsItWas() {
        Fuzz.check(6_000, random -> {
            CsvOptions options = options(random, false);
            List<List<String>> rows = rows(random);

            List<List<String>> read = csv(rows, options);

            assertThat(read.subList(1, read.size())).as("%s", options).isEqualTo(asUtf8(rows));
        });
    }

    @Test
    void guardedCsvHasNoCellThatRunsAndChangesNoOther() {
        Fuzz.check(6_000, random -> {
            CsvOptions options = options(random, true);
            List<List<String>> rows = rows(random);

            List<List<String>> read = csv(rows, options);

            List<String> cells =
                    read.subList(1, read.size()).stream().flatMap(List::stream).toList();
            List<String> texts = asUtf8(rows).stream().flatMap(List::stream).toList();
            for (int i = 0; i < texts.size(); i++) {
                String cell = cells.get(i);
                // Apostrophes come to it, and nothing else: before the text, and before signs within that others would
                // begin a cell with.
                assertThat(unguarded(cell)).as("%s", options).isEqualTo(unguarded(texts.get(i)));
                assertThat(cell == null || !FormulaRule.runs(cell))
                        .as("%s", cell)
                        .isTrue();
            }
        });
    }

    private static @Nullable String unguarded(@Nullable String cell) {
        return cell == null ? null : cell.replace("'", "");
    }

    @Test
    void workbooksHoldEveryTextThatXmlCan() {
        Fuzz.check(1_000, random -> {
            List<List<String>> rows = rows(random);

            List<List<String>> read = sheet(write(Format.XLSX, FormatOptions.DEFAULT, rows));

            assertThat(read.subList(1, read.size())).isEqualTo(inXml(rows));
        });
    }

    private static CsvOptions options(Random random, boolean guarded) {
        char delimiter = HostileText.one(random, List.of(',', ';', '\t', '|', ' ', ':', '\'', '='));
        return new CsvOptions(random.nextBoolean(), delimiter, random.nextBoolean(), guarded);
    }

    /** Of texts and nulls. */
    private static List<List<String>> rows(Random random) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String[] row = new String[COLUMNS];
            for (int j = 0; j < COLUMNS; j++) {
                row[j] = random.nextInt(6) == 0
                        ? null
                        : random.nextBoolean() ? HostileText.of(random, PARTS, 8) : HostileText.any(random, 15);
            }
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private static List<List<String>> asUtf8(List<List<String>> rows) {
        return mapped(rows, false);
    }

    /** What XML 1.0 can't hold is U+FFFD, and so are halves of surrogate pairs. */
    private static List<List<String>> inXml(List<List<String>> rows) {
        return mapped(rows, true);
    }

    private static List<List<String>> mapped(List<List<String>> rows, boolean xml) {
        List<List<String>> mapped = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            row.forEach(text -> cells.add(text == null ? null : mapped(text, xml)));
            mapped.add(cells);
        }
        return mapped;
    }

    private static String mapped(String text, boolean xml) {
        StringBuilder mapped = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean half = point >= 0xD800 && point <= 0xDFFF;
            boolean outside = xml && (point < ' ' && "\t\n\r".indexOf(point) < 0 || point == 0xFFFE || point == 0xFFFF);
            mapped.appendCodePoint(half || outside ? 0xFFFD : point);
        });
        return mapped.toString();
    }

    private static List<List<String>> csv(List<List<String>> rows, CsvOptions options) {
        String text = new String(write(Format.CSV, FormatOptions.of(options), rows), UTF_8);
        assertThat(text.startsWith("\ufeff")).isEqualTo(options.bom());
        return CsvText.lines(
                options.bom() ? text.substring(1) : text, options.delimiter(), options.crlf() ? "\r\n" : "\n");
    }

    private static byte[] write(Format format, FormatOptions options, List<List<String>> rows) {
        EncodedBytes out = new EncodedBytes();
        List<Column> columns = List.of("a", "b", "c").stream()
                .map(name -> new Column(name, ColumnType.ANY, false, null))
                .toList();
        RowEncoder encoder = Encoders.of(format, columns, options, out, Resume.NONE);
        encoder.begin();
        for (List<String> row : rows) {
            for (String text : row) {
                if (text == null) {
                    encoder.nullValue();
                } else {
                    encoder.text(text);
                }
            }
            encoder.endRow();
        }
        encoder.end();
        return Arrays.copyOf(out.array(), out.length());
    }

    private static List<List<String>> sheet(byte[] file) throws IOException, XMLStreamException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("xl/worksheets/sheet1.xml")) {
                    return cells(new ByteArrayInputStream(zip.readAllBytes()));
                }
            }
        }
        throw new AssertionError("no sheet");
    }

    private static List<List<String>> cells(InputStream xml) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(xml, "UTF-8");
        List<List<String>> rows = new ArrayList<>();
        int column = 0;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "row" -> rows.add(Arrays.asList(new String[COLUMNS]));
                case "c" -> {
                    column = reader.getAttributeValue(null, "r").charAt(0) - 'A';
                    assertThat(reader.getAttributeValue(null, "t")).isEqualTo("inlineStr");
                }
                case "t" -> rows.get(rows.size() - 1).set(column, unescaped(reader.getElementText()));
                case "f" -> throw new AssertionError("a formula");
                default -> {
                    // Nothing of a value.
                }
            }
        }
        return rows;
    }

    /** ECMA-376, part 1, 22.9.2.19. */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
