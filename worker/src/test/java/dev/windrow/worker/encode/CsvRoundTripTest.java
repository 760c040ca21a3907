package dev.windrow.worker.encode;

import static dev.windrow.worker.encode.Encoding.cell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.encode.row.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is read back the same by a reader that is not ours. */
final class CsvRoundTripTest {
    private static final long SEED = 20_261_122;

    static Stream<CsvOptions> options() {
        return Stream.of(',', ';', '\t', '|', ' ', 'a', '1', '-', '\'')
                .flatMap(delimiter -> Stream.of(
                        new CsvOptions(false, delimiter, true, false), new CsvOptions(true, delimiter, false, false)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void bringsEveryNaughtyStringBack(CsvOptions options) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode text : json("blns.json")) {
            rows.add(List.of("1", text.stringValue(), "end"));
        }
        assertThat(rows).hasSize(485);

        assertThat(read(write(rows, options), options)).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("options")
    void bringsRandomTextsBack(CsvOptions options) {
        Random random = new Random(SEED);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(List.of(pairedText(random), pairedText(random), pairedText(random)));
        }

        assertThat(read(write(rows, options), options)).isEqualTo(rows);
    }

    /** The spectrum's files are minimally quoted but one, so their own bytes must come out again. */
    @Test
    void writesTheFilesOfTheCsvSpectrumByteForByte() throws IOException {
        JsonNode spectrum = json("csv-spectrum.json");
        assertThat(spectrum.size()).isEqualTo(12);
        spectrum.forEachEntry((name, file) -> {
            String csv = file.get("csv").stringValue();
            CsvOptions options = new CsvOptions(false, ',', csv.contains("\r\n"), false);
            String lineEnd = options.crlf() ? "\r\n" : "\n";
            List<List<String>> rows = read(csv.getBytes(UTF_8), options);

            byte[] written = write(rows, options);

            assertThat(read(written, options)).as(name).isEqualTo(rows);
            if (!name.equals("location_coordinates")) {
                String expected = csv.endsWith(lineEnd) ? csv : csv + lineEnd;
                assertThat(written).asString(UTF_8).as(name).isEqualTo(expected);
            }
        });
    }

    @Test
    void encodesRandomTextsAsTheJdkDoes() throws CharacterCodingException {
        Random random = new Random(SEED);
        byte[] replacement = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
        for (int i = 0; i < 5_000; i++) {
            String text = anyText(random);
            ByteBuffer expected = UTF_8.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(replacement)
                    .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[expected.remaining()];
            expected.get(bytes);
            EncodedBytes out = new EncodedBytes();
            new CsvCells(Encoding.delimited('\u0001'), out, new Alterations(Resume.NONE)).text(text, false);

            assertThat(Encoding.content(out)).isEqualTo(bytes);
        }
    }

    @Test
    void encodesRandomBytesAsTheJdkDoes() {
        Random random = new Random(SEED);
        for (int length = 1; length < 500; length++) {
            byte[] value = new byte[length];
            random.nextBytes(value);

            assertThat(cell(encoder -> encoder.bytes(value)))
                    .isEqualTo(Base64.getEncoder().encodeToString(value));
        }
    }

    private static JsonNode json(String name) throws IOException {
        try (InputStream in = CsvRoundTripTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static byte[] write(List<List<String>> rows, CsvOptions options) {
        EncodedBytes out = new EncodedBytes();
        String[] header = rows.get(0).toArray(String[]::new);
        RowEncoder encoder =
                Encoders.of(Format.CSV, Encoding.columns(header), FormatOptions.of(options), out, Resume.NONE);
        encoder.begin();
        for (List<String> row : rows.subList(1, rows.size())) {
            row.forEach(encoder::text);
            encoder.endRow();
        }
        encoder.end();
        return Encoding.content(out);
    }

    private static List<List<String>> read(byte[] csv, CsvOptions options) {
        String text = new String(csv, UTF_8);
        assertThat(text.startsWith("\ufeff")).isEqualTo(options.bom());
        return CsvReader.builder()
                .fieldSeparator(options.delimiter())
                .skipEmptyLines(false)
                .ofCsvRecord(options.bom() ? text.substring(1) : text)
                .stream()
                .map(CsvRecord::getFields)
                .toList();
    }

    private static String pairedText(Random random) {
        return random.ints(random.nextInt(20), 0, 6)
                .map(kind -> point(random, kind))
                .filter(point -> !Utf8.isUnpaired(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of lone surrogates too, and without what would force quotes; not empty. */
    private static String anyText(Random random) {
        return random.ints(1 + random.nextInt(40), 1, 6)
                .map(kind -> kind == 1 ? 'x' : point(random, kind))
                .collect(StringBuilder::new, (text, point) -> append(text, random, point), StringBuilder::append)
                .toString();
    }

    private static void append(StringBuilder text, Random random, int point) {
        if (random.nextInt(4) == 0) {
            text.append((char) random.nextInt(0xD800, 0xE000));
        }
        text.appendCodePoint(point);
    }

    private static int point(Random random, int kind) {
        return switch (kind) {
            case 0 -> ",;\"\r\n\t|a1- '".charAt(random.nextInt(12));
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(0x80, 0x800);
            case 3 -> random.nextInt(0x800, 0x10000);
            case 4 -> random.nextInt(0x10000, 0x110000);
            default -> 'a' + random.nextInt(26);
        };
    }
}
