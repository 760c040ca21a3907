package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that the catalog declares, over the values of a SQLite file. */
class DeclaredColumnTest {
    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections();

    @AfterEach
    void close() {
        connections.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    integer   | 7                        | 7
                    integer   | '-7'                     | -7
                    integer   | '9223372036854775807'    | 9223372036854775807
                    integer   | '9223372036854775808'    | 9223372036854775808 exactly
                    integer   | 7.0                      | 7
                    integer   | 1e19                     | 10000000000000000000 exactly
                    number    | 7                        | 7
                    number    | 0.5                      | 0.5
                    number    | 7.0                      | 7
                    number    | 0.0001                   | 0.0001 exactly
                    number    | 12345678.5               | 12345678.5 exactly
                    number    | 9007199254740992.0       | 9007199254740992
                    number    | 1e19                     | 10000000000000000000 exactly
                    number    | -0.0                     | -0.0
                    number    | '0.10'                   | 0.1 exactly
                    number    | '7.00'                   | 7
                    number    | '-0.0'                   | 0
                    number    | '12345678901234567890.0' | 12345678901234567890 exactly
                    number    | '-12'                    | -12
                    number    | '1e3'                    | 1000
                    number    | 'NaN'                    | NaN
                    number    | '-Infinity'              | -Infinity
                    number    | 9e999                    | Infinity
                    boolean   | 1                        | true
                    boolean   | 0.0                      | false
                    boolean   | 'FALSE'                  | false
                    boolean   | '1'                      | true
                    date      | '2024-02-29'             | 2024-02-29
                    timestamp | '2024-02-29'             | 2024-02-29T00:00:00Z
                    timestamp | '2024-02-29T12:00:00Z'   | 2024-02-29T12:00:00Z
                    timestamp | '2024-02-29 12:00:00'    | 2024-02-29T12:00:00Z
                    timestamp | '2024-02-29T12:00:00.5'  | 2024-02-29T12:00:00.500Z
                    timestamp | '2024-02-29 12:00:00.123456789+02:00' | 2024-02-29T10:00:00.123456789Z
                    timestamp | '0001-01-01T00:00:00Z'   | 0001-01-01T00:00:00Z
                    timestamp | '9999-12-31 23:59:59.999999999' | 9999-12-31T23:59:59.999999999Z
                    timestamp:s  | 1704067200            | 2024-01-01T00:00:00Z
                    timestamp:s  | -1                    | 1969-12-31T23:59:59Z
                    timestamp:s  | 1704067200.123456     | 2024-01-01T00:00:00.123456Z
                    timestamp:s  | 1704067200.1          | 2024-01-01T00:00:00.100Z
                    timestamp:s  | -0.25                 | 1969-12-31T23:59:59.750Z
                    timestamp:s  | 0.0000005             | 1970-01-01T00:00:00Z
                    timestamp:s  | 0.00000051            | 1970-01-01T00:00:00.000001Z
                    timestamp:s  | -62135596800          | 0001-01-01T00:00:00Z
                    timestamp:s  | 253402300799          | 9999-12-31T23:59:59Z
                    timestamp:s  | '1704067200.123456789' | 2024-01-01T00:00:00.123456789Z
                    timestamp:s  | '2024-02-29 12:00:00' | 2024-02-29T12:00:00Z
                    timestamp:ms | 0                     | 1970-01-01T00:00:00Z
                    timestamp:ms | -1                    | 1969-12-31T23:59:59.999Z
                    timestamp:ms | 1704067200123.456     | 2024-01-01T00:00:00.123456Z
                    timestamp:ms | '1704067200123'       | 2024-01-01T00:00:00.123Z
                    timestamp:us | 1704067200123456      | 2024-01-01T00:00:00.123456Z
                    timestamp:us | -1                    | 1969-12-31T23:59:59.999999Z
                    timestamp:us | 0.5                   | 1970-01-01T00:00:00Z
                    timestamp:us | '0.001'               | 1970-01-01T00:00:00.000000001Z
                    timestamp:julian | 2460311           | 2024-01-01T12:00:00Z
                    timestamp:julian | 2440587.5         | 1970-01-01T00:00:00Z
                    timestamp:julian | julianday('2024-01-01 12:34:56.789') | 2024-01-01T12:34:56.789Z
                    timestamp:julian | '2460310.5'       | 2024-01-01T00:00:00Z
                    json      | replace(' {"a": [1, null],#"b c": "x \\" y"} ', '#', char(10, 13, 9)) | JSON {"a":[1,null],"b c":"x \\" y"}
                    json      | 7                        | JSON 7
                    json      | '"x"'                    | JSON "x"
                    json      | x'7b7d'                  | JSON {}
                    bytes     | 'é'                      | BYTES c3a9
                    bytes     | x'00ff'                  | BYTES 00ff
                    string    | 7                        | TEXT 7
                    string    | 2e-3                     | TEXT 0.002
                    string    | 2e23                     | TEXT 2.0E23
                    string    | 'x'                      | TEXT x
                    string    | x'c3a9'                  | TEXT é
                    """)
    void givesAValueAsTheDeclaredType(String type, String literal, String expected) throws Exception {
        assertThat(words(read(type, literal))).isEqualTo(expected);
        assertThat(read(type, "null")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    integer   | 'x', '', ' 7', '7.0', '0x7', 7.5, x'37', 9e999, '٧'
                    number    | 'x', '', '1,5', '1e9999', '0x1p3', x'37', '.', 'nan'
                    boolean   | 2, -1, 0.5, 'yes', '', x'01', 9e999
                    date      | 0, '0000-01-01', '2024-02-30', '2024-2-9', '20240229', '2024-02-29T00:00:00Z', '', '+12024-01-01'
                    timestamp | 'x', '', '2024-02-30', '2024-02-30 00:00:00', '2016-12-31T23:59:60Z', x'00', '0000-12-31T00:00:00Z'
                    timestamp | '+10000-01-01T00:00:00Z', '-0044-03-15T00:00:00Z', 'infinity', '9999-12-31T23:59:59-01:00'
                    timestamp:s  | -62135596801, 253402300800, 9223372036854775807, 1e300, 9e999, -9e999, 'NaN', '1e99', 'x', x'00'
                    timestamp:s  | '0.0000000001', '1e-999'
                    timestamp:ms | 253402300800000, -9223372036854775808
                    timestamp:us | 253402300800000000, 9223372036854775807
                    timestamp:julian | 0, 5373484.5, 9223372036854775807, -1e300
                    json      | '', '{', '{}{}', 'x', '{"a":}', '[1,]', 'NaN', 9e999, '"a', x'ff', '{} x'
                    bytes     | 7, 0.5
                    string    | x'ff'
                    """)
    void refusesAValueOfAnotherTypeAndTellsTheColumnNotTheValue(String type, String literals) throws Exception {
        for (String literal : literals.split(", ")) {
            SourceException refused = RowSourceContract.refused(() -> read(type, literal));
            assertThat(refused.kind()).as(literal).isEqualTo(Kind.VALUE);
            assertThat(refused.getMessage())
                    .isEqualTo("File readings: Column v holds a value that is no " + type.split(":")[0] + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1704067200", "2460310.5", "'1704067200'", "9e999", "0"})
    void takesNoNumberForATimestampWithoutAUnitAndNamesTheUnits(String literal) {
        SourceException refused = RowSourceContract.refused(() -> read("timestamp", literal));
        assertThat(refused.kind()).isEqualTo(Kind.VALUE);
        assertThat(refused.detail())
                .isEqualTo("File readings: Column v holds a number, which is a timestamp only in a unit; the"
                        + " catalog needs unit: s, ms, us or julian for it.");
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() {
        String deep = "'" + "[".repeat(100_000) + "]".repeat(100_000) + "'";
        assertThat(RowSourceContract.refused(() -> read("json", deep)).kind()).isEqualTo(Kind.VALUE);
    }

    @Test
    void leavesUndeclaredColumnsBesideItAlone() throws Exception {
        SqliteSource file = new SqliteSource(folder.resolve("plant.db")).run("create table t(a, b)");
        file.run("insert into t values ('7', '7')");
        try (RowReader reader = new JdbcRowSource(connections)
                .open(Selections.of(file.source(), "select a, b from t", "a", "b:integer, a, a:number"))) {
            assertThat(Selections.readAll(reader, 1)).isEqualTo(List.of(Arrays.asList(7L, "7", 7L)));
        }
    }

    private @Nullable Object read(String type, String literal) throws Exception {
        SqliteSource file = new SqliteSource(folder.resolve("plant.db")).run("select 1");
        String query = "select 1 as id, " + literal + " as v";
        try (RowReader reader =
                new JdbcRowSource(connections).open(Selections.of(file.source(), query, "id", "v:" + type))) {
            return Selections.readAll(reader, 1).get(0).get(0);
        }
    }

    private static String words(@Nullable Object value) {
        if (value instanceof BigDecimal exact) {
            return exact + " exactly";
        } else if (value instanceof RecordedRows.Json json) {
            return "JSON " + json.text();
        } else if (value instanceof RecordedRows.Bytes bytes) {
            return "BYTES " + bytes.hex();
        } else if (value instanceof String text) {
            return "TEXT " + text;
        }
        assertThat(value).isInstanceOfAny(Long.class, Double.class, Boolean.class, LocalDate.class, Instant.class);
        return String.valueOf(value);
    }
}
