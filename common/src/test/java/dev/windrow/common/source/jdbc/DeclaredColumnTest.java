package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
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
                    number    | '0.10'                   | 0.10 exactly
                    number    | '-12'                    | -12
                    number    | '1e3'                    | 1E+3 exactly
                    number    | 'NaN'                    | NaN
                    number    | '-Infinity'              | -Infinity
                    number    | 9e999                    | Infinity
                    boolean   | 1                        | true
                    boolean   | 0.0                      | false
                    boolean   | 'FALSE'                  | false
                    boolean   | '1'                      | true
                    date      | '2024-02-29'             | 2024-02-29
                    timestamp | 0                        | 1970-01-01T00:00:00Z
                    timestamp | -1                       | 1969-12-31T23:59:59.999Z
                    timestamp | '2024-02-29T12:00:00Z'   | 2024-02-29T12:00:00Z
                    timestamp | '2024-02-29 12:00:00'    | 2024-02-29T12:00:00Z
                    timestamp | '2024-02-29T12:00:00.5'  | 2024-02-29T12:00:00.500Z
                    timestamp | '2024-02-29 12:00:00.123456789+02:00' | 2024-02-29T10:00:00.123456789Z
                    timestamp | '0001-01-01T00:00:00Z'   | 0001-01-01T00:00:00Z
                    json      | ' {"a": [1, null]}'      | JSON  {"a": [1, null]}
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
                    date      | 0, '2024-02-30', '2024-2-9', '20240229', '2024-02-29T00:00:00Z', '', '+12024-01-01'
                    timestamp | 'x', '', '2024-02-29', '2024-02-30 00:00:00', '2016-12-31T23:59:60Z', 0.5, x'00'
                    json      | '', '{', '{}{}', 'x', '{"a":}', '[1,]', 'NaN', 9e999, '"a', x'ff', '{} x'
                    bytes     | 7, 0.5
                    string    | x'ff'
                    """)
    void refusesAValueOfAnotherTypeAndTellsTheColumnNotTheValue(String type, String literals) throws Exception {
        for (String literal : literals.split(", ")) {
            SourceException refused = RowSourceContract.refused(() -> read(type, literal));
            assertThat(refused.kind()).as(literal).isEqualTo(Kind.VALUE);
            assertThat(refused.getMessage())
                    .isEqualTo("File readings: Column v holds a value that is no " + type + ".");
        }
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
