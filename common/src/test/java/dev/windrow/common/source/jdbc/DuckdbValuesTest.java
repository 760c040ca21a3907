package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of DuckDB's types. */
@Timeout(60)
@Tag("slow")
class DuckdbValuesTest {
    private static final String COLUMNS =
            "ti, ub, h, bg, d, f, dbl, bo, dt, ts, ns, tz, tm, tmz, iv, u, b, m, j, l, st, mp, bt, t";

    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections();
    private DuckdbDatabase database = new DuckdbDatabase(Path.of("plant.duckdb"));

    @BeforeEach
    void inItsFolder() {
        database = new DuckdbDatabase(folder.resolve("plant.duckdb"));
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private RowReader open(String query, String key, String columns) {
        return new JdbcRowSource(connections).open(Selections.of(database.source(), query, key, columns));
    }

    private void makeKinds() throws Exception {
        database.execute(
                "create type mood as enum ('Storm', 'calm')",
                "create table kinds(id integer, ti tinyint, ub ubigint, h hugeint, bg bignum, d decimal(20, 2),"
                        + " f float,"
                        + " dbl double, bo boolean, dt date, ts timestamp, ns timestamp_ns, tz timestamptz, tm time,"
                        + " tmz timetz, iv interval, u uuid, b blob, m mood, j json, l integer[],"
                        + " st struct(a integer, b varchar), mp map(varchar, integer), bt bit, t varchar)");
    }

    @Test
    void areRightOfEachType() throws Exception {
        makeKinds();
        database.execute(
                "insert into kinds values (1, -128, 18446744073709551615, -170141183460469231731687303715884105728,"
                        + " '99999999999999999999999999999999999999999999'::bignum, 1.50, 0.1, 0.1, true, '2024-02-29',"
                        + " '2024-02-29 12:00:00.123456', '2024-02-29 12:00:00.123456789', '2024-02-29 12:00:00.5+02',"
                        + " '12:30:00', '12:30:00.5+02', interval '1 month 2 days 3 seconds',"
                        + " '00000000-0000-0000-0000-000000000001', '\\x00\\xFF'::blob, 'calm', '{\"a\":  1}', [1, null],"
                        + " {'a': 1, 'b': 'x'}, map {'k': 1}, '1010', 'ä€😀')",
                "insert into kinds(id) values (2)",
                "insert into kinds(id, ti, f, dbl, dt, ts, tz, h) values (3, 1, 'NaN', '-Infinity', 'infinity',"
                        + " 'infinity',"
                        + " 'infinity', 7), (4, 1, '-0.0'::float, 1e300, '0044-03-15 (BC)',"
                        + " '12024-01-01 00:00:00', null, 7)");
        assertThat(new JdbcSourceInspector(connections).describe(database.source(), "select * from kinds", List.of()))
                .extracting(column -> column.name() + " " + column.type().id())
                .containsExactly(
                        "id integer",
                        "ti integer",
                        "ub integer",
                        "h integer",
                        "bg integer",
                        "d number",
                        "f number",
                        "dbl number",
                        "bo boolean",
                        "dt date",
                        "ts string",
                        "ns string",
                        "tz timestamp",
                        "tm string",
                        "tmz string",
                        "iv string",
                        "u string",
                        "b bytes",
                        "m string",
                        "j json",
                        "l string",
                        "st string",
                        "mp string",
                        "bt string",
                        "t string");
        try (RowReader reader = open("select * from kinds where id < 3", "id", COLUMNS)) {
            assertThat(Selections.readAll(reader, 1))
                    .containsExactly(
                            Arrays.asList(
                                    -128L,
                                    new BigDecimal("18446744073709551615"),
                                    new BigDecimal("-170141183460469231731687303715884105728"),
                                    new BigDecimal("99999999999999999999999999999999999999999999"),
                                    new BigDecimal("1.50"),
                                    0.1,
                                    0.1,
                                    true,
                                    LocalDate.of(2024, 2, 29),
                                    "2024-02-29T12:00:00.123456",
                                    "2024-02-29T12:00:00.123456789",
                                    Instant.parse("2024-02-29T10:00:00.5Z"),
                                    "12:30:00",
                                    "12:30:00.5+02:00",
                                    "1 month 2 days 00:00:03",
                                    "00000000-0000-0000-0000-000000000001",
                                    new RecordedRows.Bytes("00ff"),
                                    "calm",
                                    new RecordedRows.Json("{\"a\":1}"),
                                    "[1, NULL]",
                                    "{'a': 1, 'b': x}",
                                    "{k=1}",
                                    "1010",
                                    "ä€😀"),
                            Collections.nCopies(24, null));
        }
        try (RowReader reader = open("select * from kinds where id > 2", "id", "f, dbl, dt, ts, tz, h")) {
            assertThat(Selections.readAll(reader, 1))
                    .containsExactly(
                            Arrays.asList(Double.NaN, Double.NEGATIVE_INFINITY, "infinity", "infinity", "infinity", 7L),
                            Arrays.asList(-0.0, 1e300, "-0043-03-15", "12024-01-01T00:00:00", null, 7L));
        }
    }

    @Test
    void areRightWhereTheyAreNoDaysOfOurs() throws Exception {
        database.execute(
                "create table ends(id integer primary key, d date, t timestamp, z timestamptz, ns timestamp_ns)",
                "insert into ends values (1, '-infinity', '-infinity', '-infinity', 'infinity'),"
                        + " (2, '0044-03-15 (BC)', '0044-03-15 (BC) 12:00:00', '0044-03-15 (BC) 12:00:00+00', null)");
        try (RowReader reader = open("select * from ends", "id", "d, t, z, ns")) {
            assertThat(Selections.readAll(reader, 1))
                    .containsExactly(
                            List.of("-infinity", "-infinity", "-infinity", "infinity"),
                            Arrays.asList("-0043-03-15", "-0043-03-15T12:00:00", "-0043-03-15T12:00:00Z", null));
        }
        for (String key : List.of("d", "t desc", "z")) {
            try (RowReader reader = open("select * from ends", key, "id")) {
                assertThat(Selections.readAll(reader, 1)).as(key).hasSize(2).doesNotHaveDuplicates();
            }
        }
    }

    /** Its driver writes moments by the clock of Java's zone, which has an hour twice in autumn. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-28T21:00:00Z", "2026-10-24T21:00:00Z"})
    void areRightWhereTheClockIsChanged(String first) throws Exception {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            database.execute("create table half_hours as select timestamptz '" + first
                    + "' + to_minutes(30 * i) as z, timestamp '" + first.substring(0, first.length() - 1)
                    + "' + to_minutes(30 * i) as t from range(14) r(i)");
            List<List<Object>> expected = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                Instant moment = Instant.parse(first).plus(Duration.ofMinutes(30L * i));
                expected.add(List.of(moment, moment.toString().replace("Z", "")));
            }
            for (String key : List.of("z", "t", "z desc", "t desc")) {
                for (int legRows : new int[] {1, 3, 100}) {
                    try (RowReader reader = open("select * from half_hours", key, "z, t")) {
                        assertThat(Selections.readAll(reader, legRows)).as(key).isEqualTo(expected);
                    }
                }
                if (key.equals("t")) {
                    Collections.reverse(expected);
                }
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    /** Where the row itself proves that a key still names it. */
    @Test
    void tellRowsApartWhoseMomentsHaveOneClockTime() throws Exception {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            database.execute("create table hours as select timestamptz '2026-10-25 00:30:00+00' + to_hours(i) as z"
                    + " from range(4) r(i)");
            String query = "select row_number() over (order by z) as n, z from hours";
            try (RowReader reader = open(query, "n", "z")) {
                String bound = DatabaseContract.last(reader);
                String position = Selections.positionAfter(reader, bound, 1);
                database.execute("delete from hours where z = timestamptz '2026-10-25 00:30:00+00'");
                assertThat(DatabaseContract.refused(() -> Selections.readFrom(reader, position, bound, 1))
                                .kind())
                        .isEqualTo(Kind.ROWS_LOST);
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void refuseATimeThatJavaHasNot() throws Exception {
        try (RowReader reader = open("select 1 as id, '24:00:00'::time as t", "id", "t")) {
            database.execute("create table t(a integer)");
            assertThat(DatabaseContract.refused(() -> Selections.readAll(reader, 1))
                            .kind())
                    .isEqualTo(Kind.QUERY);
        }
    }

    /** Keys of each type that has an order. */
    @Test
    void goOnAfterAnyKey() throws Exception {
        makeKinds();
        database.execute("insert into kinds select i, i - 100, 18446744073709551000 + i::ubigint, power(2::double,"
                + " i + 60)::hugeint,"
                + " i, i / 4.0, i / 7.0, i / 7.0, i > 7, date '2024-02-28' + i::integer,"
                + " timestamp '2024-02-28 23:59:59.5' + to_microseconds(i),"
                + " make_timestamp_ns(1700000000000000000 + i),"
                + " timestamptz '2024-02-28 10:00:00+02' + to_hours(i), time '10:00:00' + to_minutes(i),"
                + " ('10:00:00+' || lpad(i::varchar, 2, '0'))::timetz, to_days(i::integer),"
                + " md5(i::varchar)::uuid,"
                + " ('\\x' || lpad(i::varchar, 2, '0'))::blob, case when i < 8 then 'Storm' else 'calm' end,"
                + " '{}', [i, -i], {'a': i, 'b': 'x'}, map {'k': i}, i::integer::bit,"
                + " 'e' || i from range(1, 16) r(i)");
        for (String key : List.of(
                "ti", "ub", "h", "d", "f", "dbl", "dt", "ts", "ns", "tz", "tm", "tmz", "iv", "u", "b", "l", "st", "bt",
                "t", "bo, id")) {
            for (String order : List.of(key, key + " desc")) {
                try (RowReader reader = open("select * from kinds", order, "id")) {
                    assertThat(Selections.readAll(reader, 4))
                            .as(order)
                            .hasSize(15)
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    /** An enum sorts by the order of its words and compares as text. */
    @Test
    void refuseAKeyThatSortsOtherwiseThanItCompares() throws Exception {
        makeKinds();
        database.execute(
                "create type weather as enum ('z', 'a')",
                "create table days as select i as id,"
                        + " (case when i < 8 then 'z' else 'a' end)::weather as w from range(15) r(i)");
        try (RowReader reader = open("select * from days", "w, id", "id")) {
            SourceException refused = DatabaseContract.refused(() -> Selections.readAll(reader, 2));
            assertThat(refused.kind()).isEqualTo(Kind.ROWS_LOST);
        }
    }

    /** A result of more than the heap would hold would end the test. */
    @Tag("slow")
    @Test
    void comeOneByOneHoweverManyThereAre() throws Exception {
        int rows = (int) Math.min(
                100_000,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() / 9_000);
        database.execute("create table many as select range as id from range(" + rows + ")");
        try (RowReader reader = open("select id, repeat('x', 10000) as text from many", "id", "text")) {
            String bound = DatabaseContract.last(reader);
            int seen = 0;
            String position = null;
            while (seen < rows) {
                try (RowReader.Leg leg = reader.read(position, bound)) {
                    while (leg.next()) {
                        seen++;
                    }
                    position = leg.position();
                }
            }
            assertThat(seen).isEqualTo(rows);
        }
    }
}
