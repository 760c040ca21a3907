package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets.Granted;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.StrictJson;
import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StartBodyFuzzTest {
    private static final String GOOD = """
            {"dataset": "d", "format": "csv", "fileName": "märz \\u00e9.zip", "columns": ["a", "b"], "maxAge": "PT5M",
             "options": {"csv": {"profile": "machine", "bom": true, "delimiter": ";", "lineEnding": "lf", "formulas": "raw"},
             "headers": "titles"},
             "parameters": {"s": "abc", "i": -5, "n": 1.50e2, "b": false, "d": "2026-02-28", "t": "2026-01-31T12:00:00.5+01:00",
              "l": ["x", "y"]}}""";
    private static final List<String> PARTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\u2028",
            "null",
            "true",
            "-",
            "0",
            "1e999999999",
            "1e-400",
            "99999999999999999999",
            "0.10",
            "\"a\"",
            "\"csv\":",
            "\"json\":{\"indent\":",
            "\"options\":",
            "\"x\":1,",
            "[[[[[[[[",
            "P1D",
            "PT-1S",
            "PT1e9S",
            "P99999999999999999D",
            "2026-02-30",
            "0000",
            "+24:00",
            "NaN",
            "/*",
            "\"principal\":1,",
            "../",
            ".zip");
    private static final Dataset DATASET = dataset();

    private final JsonAnswers answers = new JsonAnswers();

    /** A start is taken, and then taken again as it was understood, or it is refused in words that can be sent. */
    @Test
    void isUnderstoodOrRefusedWithItsFaults() {
        Fuzz.check(8_000, random -> {
            String body = HostileText.damaged(random, GOOD, PARTS);
            try {
                StartCheck.Checked checked = check(StrictJson.parse(body));
                assertSafe(checked);
                assertThat(check(again(checked)).request()).as(body).isEqualTo(checked.request());
            } catch (ProblemException e) {
                assertThat(e.type()).as(body).isIn(ProblemType.MALFORMED_REQUEST, ProblemType.INVALID_PARAMETERS);
                JsonNode told = JsonMapper.shared().readTree(answers.write(e.faults()));
                assertThat(told.size()).as(body).isEqualTo(e.faults().size()).isLessThanOrEqualTo(100);
                assertThat(e.faults())
                        .extracting(Fault::pointer)
                        .allMatch(pointer -> pointer.isEmpty() || pointer.startsWith("/"));
                assertThat(e.detail()).as(body).isNotBlank().hasSizeLessThan(2 * body.length() + 300);
            }
        });
    }

    /** Whatever JSON can hold comes out as it went in, however it was written. */
    @Test
    void readsEveryJsonValueAsItWasMeant() {
        Fuzz.check(15_000, random -> {
            Object value = value(random, 4);
            StringBuilder text = new StringBuilder();
            write(random, value, text);

            assertThat(StrictJson.parse(text.toString())).as("%s", text).isEqualTo(value);
        });
    }

    private static StartCheck.Checked check(Object body) {
        return StartCheck.check(
                new Granted(DATASET, Grant.UNKNOWN, Map.of()),
                StartRequest.of(body),
                Caller.LOCAL,
                new Telling(List.of()),
                Instant.EPOCH);
    }

    private static void assertSafe(StartCheck.Checked checked) {
        assertThat(checked.request().columns())
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSubsetOf("a", "b");
        assertThat(checked.request().fileName()).endsWith(".zip").doesNotContain("/", "\\", "\n", "\0");
        assertThat(checked.parameters().json().keySet()).isSubsetOf(Set.of("s", "i", "n", "b", "d", "t", "l"));
        assertThat(checked.parameters().sql()).containsEntry("principal", Caller.LOCAL.name());
    }

    /** The start in full, as it was understood. */
    private static Map<String, Object> again(StartCheck.Checked checked) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dataset", "d");
        body.put("format", checked.request().format().id());
        body.put("columns", checked.request().columns());
        body.put("fileName", checked.request().fileName());
        body.put("parameters", checked.parameters().json());
        if (checked.request().format() == Format.CSV) {
            var csv = checked.request().options().csv();
            Map<String, Object> options = new LinkedHashMap<>();
            options.put("profile", csv.mostRows() > 0 ? "spreadsheet" : "machine");
            options.put("bom", csv.bom());
            options.put("delimiter", String.valueOf(csv.delimiter()));
            options.put("lineEnding", csv.crlf() ? "crlf" : "lf");
            options.put("formulas", csv.escapeFormulas() ? "escape" : "raw");
            String headers = checked.request().options().headers().id();
            body.put("options", Map.of("csv", options, "headers", headers));
        } else {
            body.put("options", Map.of("json", Map.of("indent", (long)
                    checked.request().options().json().indent())));
        }
        return body;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextLong() >> 8 + random.nextInt(56);
            case 2 -> new BigDecimal(new BigInteger(90, random), 1 + random.nextInt(30));
            case 3 -> new BigInteger(80, random).setBit(80);
            case 4, 5 -> HostileText.any(random, 12);
            case 6 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random.nextInt(9) == 0 ? null : value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(HostileText.any(random, 5), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static void write(Random random, Object value, StringBuilder to) {
        to.append(" \t\r\n".repeat(random.nextInt(2)));
        if (value instanceof String text) {
            writeText(random, text, to);
        } else if (value instanceof List<?> list) {
            to.append('[');
            String between = "";
            for (Object item : list) {
                to.append(between);
                write(random, item, to);
                between = ",";
            }
            to.append(']');
        } else if (value instanceof Map<?, ?> map) {
            to.append('{');
            String between = "";
            for (Map.Entry<?, ?> field : map.entrySet()) {
                to.append(between);
                write(random, field.getKey(), to);
                to.append(':');
                write(random, field.getValue(), to);
                between = ",";
            }
            to.append('}');
        } else {
            to.append(value instanceof BigDecimal number ? number.toPlainString() : value);
        }
        to.append(" ".repeat(random.nextInt(2)));
    }

    /** With escapes where they must be, and in other places too. */
    private static void writeText(Random random, String text, StringBuilder to) {
        to.append('"');
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(9) == 0) {
                to.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                to.append((char) c);
            }
        });
        to.append('"');
    }

    private static Dataset dataset() {
        List<Column> columns = List.of(
                new Column("a", ColumnType.INTEGER, false, null), new Column("b", ColumnType.STRING, false, null));
        return new Dataset(
                new Dataset.Label("d", "D", null),
                new Dataset.Reading(
                        new Source("plant", "jdbc:sqlite:plant.db", null, null), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV, Format.JSON),
                List.of(
                        parameter("s", ParameterType.STRING, false),
                        parameter("i", ParameterType.INTEGER, false),
                        parameter("n", ParameterType.NUMBER, false),
                        parameter("b", ParameterType.BOOLEAN, false),
                        parameter("d", ParameterType.DATE, false),
                        parameter("t", ParameterType.TIMESTAMP, false),
                        parameter("l", ParameterType.STRING, true)),
                null,
                List.of(new DatasetFile("rows", "select …", List.of(new KeyPart("a", false)), columns, 1000)));
    }

    private static Parameter parameter(String name, ParameterType type, boolean list) {
        Pattern pattern = type == ParameterType.STRING ? Pattern.compile("^[^<]*$") : null;
        return new Parameter(
                name,
                new Parameter.Kind(type, list, null),
                false,
                null,
                Parameter.Words.NONE,
                new Parameter.Limits(null, null, pattern, null, null, List.of()));
    }
}
