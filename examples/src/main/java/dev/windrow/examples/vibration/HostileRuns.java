package dev.windrow.examples.vibration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Samples that a recorder may well have written, and that break careless exports. */
final class HostileRuns {
    private static final List<String> ODD = List.of(
            "{}",
            "{\"a,b\": 1}",
            "{\"quo\\\"te\": 2}",
            "{\"line\\nbreak\": 3}",
            "{\"=cmd|' /C calc'!A0\": 4}",
            "{\"\": 5}",
            "{\" lead\": 6, \"trail \": 7}",
            "{\"Temp\": 1, \"temp\": 2, \"TEMP\": 3}",
            "{\"__proto__\": {\"x\": 1}, \"constructor\": null}",
            "{\"schwingung_größe\": 1.5, \"振動\": 2, \"اهتزاز\": 3, \"📳\": true}",
            "{\"deep\": {\"a\": [{\"b\": [1, [2, {\"c\": null}]]}]}}",
            "{\"v\": 1}",
            "{\"v\": \"1\"}",
            "{\"v\": true}",
            "{\"v\": null}",
            "{\"v\": [1, 2]}",
            "{\"v\": {\"w\": 1}}",
            "{\"v\": 1.0}",
            "{\"v\": \"001\"}",
            "{\"v\": \"1,5\"}",
            "{\"v\": \"=1+1\"}",
            "{\"v\": \"-2+3\"}",
            "{\"v\": \"@SUM(A1)\"}",
            "{\"v\": \"\\ttab\"}",
            "{\"big\": 9223372036854775807}",
            "{\"big\": 9223372036854775808}",
            "{\"big\": -9223372036854775808}",
            "{\"big\": 123456789012345678901234567890}",
            "{\"big\": 9007199254740993}",
            "{\"flt\": 5e-324}",
            "{\"flt\": 1.7976931348623157e+308}",
            "{\"flt\": 0.1}",
            "{\"flt\": 1e+21}",
            "{\"flt\": -0.0}",
            "{\"txt\": \"a\\r\\nb\"}",
            "{\"txt\": \"nul\\u0000in\"}",
            "{\"txt\": \"\u2028\u2029\u0085\"}",
            "{\"txt\": \"😀\"}");

    private static final Map<String, List<String>> OTHERS = Map.of(
            "hostile-lone-surrogate",
            List.of("{\"v\": \"\\ud83d\"}"),
            "hostile-duplicate-key",
            List.of("{\"v\": 1, \"v\": 2}"),
            "hostile-exponent",
            List.of("{\"v\": 1e400, \"w\": 1E-400, \"x\": 100000000000000000000000000000000000000000.5}"),
            "hostile-nonfinite",
            List.of("{\"v\": NaN}", "{\"v\": Infinity}", "{\"v\": -Infinity}", "{\"v\": 1.5}"),
            "hostile-corrupt",
            List.of("{\"v\": 1}", "{\"v\": 2, \"w\": \"torn wri", "", "null", "[1, 2]", "\"text\"", "{\"v\": 3}"));

    /** The order in which the recorder wrote them. */
    private static final List<String> ORDER = List.of(
            "hostile",
            "hostile-lone-surrogate",
            "hostile-duplicate-key",
            "hostile-exponent",
            "hostile-nonfinite",
            "hostile-corrupt");

    private HostileRuns() {}

    static void write(Runs runs) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>(OTHERS);
        all.put("hostile", hostile());
        for (String run : ORDER) {
            for (String sample : all.getOrDefault(run, List.of())) {
                runs.sample(run, sample);
            }
        }
        for (Map.Entry<String, List<String>> run : all.entrySet()) {
            String id = run.getKey();
            runs.add(new Runs.Run(
                    id,
                    "complete",
                    new Runs.Span("1969-07-20T20:17:40.000Z", null, "0001-01-01T00:00:00Z"),
                    Runs.metadata(id, "model \"x\", rev\n2", 1),
                    null,
                    null,
                    run.getValue().size()));
        }
    }

    /** Many fields in one, a value of a megabyte, and one that only the last row has. */
    private static List<String> hostile() {
        List<String> samples = new ArrayList<>(ODD);
        samples.add(IntStream.range(0, 300)
                .mapToObj(i -> "\"f" + Integer.toString(1000 + i).substring(1) + "\": " + i)
                .collect(Collectors.joining(", ", "{", "}")));
        samples.add("{\"long\": \"" + "x".repeat(1_000_000) + "\"}");
        samples.add("{\"only_in_last_row\": \"late\"}");
        return samples;
    }
}
