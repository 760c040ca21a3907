package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.RowMemory;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Legs of PostgreSQL: whose equality counts, and what becomes of one when the schema or the server gets in its way. */
@Timeout(60)
@Tag("slow")
class PostgresqlLegIT {
    private final PostgresqlServer database = PostgresqlServer.STARTED;
    private SourceConnections connections = new SourceConnections();

    @AfterEach
    void dropAll() throws SQLException {
        connections.close();
        database.execute("drop schema public cascade", "create schema public", "drop schema if exists own cascade");
    }

    private RowReader open(String query, String key, String columns) {
        return new JdbcRowSource(connections).open(Selections.of(database.source(), query, key, columns));
    }

    private static String bound(RowReader reader) throws SourceException {
        return Objects.requireNonNull(reader.lastPosition());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    interval        | '1 day'              | '24 hours'
                    jsonb           | '{"a":1.0}'          | '{"a":1.00}'
                    numeric         | '1.5'                | '1.50'
                    float8          | '0.0'                | '-0.0'
                    float4          | '0'                  | '-0'
                    numeric[]       | '{1.0}'              | '{1.00}'
                    numrange        | '[1.0,2.0)'          | '[1.00,2.00)'
                    bpchar          | 'a'                  | 'a  '
                    text collate blind | 'résumé'          | 'RESUME'
                    "varchar"(9) collate blind | 'a'       | 'A'
                    interval[]      | '{"1 day"}'          | '{"24 hours"}'
                    pair            | '(1.0,"1 day")'      | '(1.00,"24 hours")'
                    price           | '2.0'                | '2.00'
                    daterange       | '[2024-01-01,2024-01-01]' | '[2024-01-01,2024-01-02)'
                    timestamptz     | '2024-01-01 00:00+00' | '2024-01-01 01:00+01'
                    """)
    void refusesKeysThatTheDatabaseTakesForEqual(String type, String one, String other) throws Exception {
        database.execute(
                "create collation blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                "create type pair as (n numeric, i interval)",
                "create domain price as numeric",
                "create table keys(k " + type + ", v int)",
                "insert into keys values (" + one + ", 1), (" + other + ", 2)");
        for (int legRows = 1; legRows < 4; legRows++) {
            int rows = legRows;
            try (RowReader reader = open("select * from keys", "k", "v")) {
                SourceException refused = DatabaseContract.refused(() -> Selections.readAll(reader, rows));
                assertThat(refused.kind()).isEqualTo(Kind.QUERY);
                assertThat(refused.detail()).isEqualTo("Two rows of file readings have the same key (k).");
            }
        }
        database.execute("delete from keys where v = 2");
        try (RowReader reader = open("select * from keys", "k desc", "v")) {
            assertThat(Selections.readAll(reader, 1)).isEqualTo(List.of(List.of(1L)));
        }
    }

    @Test
    void goesOnAfterAnyKeyOfTypesWhoseTextsAreNotUnique() throws Exception {
        database.execute(
                "create table keys as select i as v, make_interval(hours => i) as i, jsonb_build_object('a', i) as j,"
                        + " array[i, 1.5] as n, numrange(i, i + 1.5) as r, ('x' || i)::bpchar as c, array[row(i, 'a')]::text as p,"
                        + " i::money as m, i::bit(8) as b, make_time(0, i, 0) as t from generate_series(1, 20) i");
        for (String key : List.of("i", "j desc", "n", "r desc, i", "c", "m", "b desc", "t, n desc", "i, j, n")) {
            for (int legRows : new int[] {1, 3, 30}) {
                try (RowReader reader = open("select * from keys", key, "v")) {
                    assertThat(Selections.readAll(reader, legRows))
                            .as("%s, legs of %d", key, legRows)
                            .hasSize(20)
                            .isEqualTo(inOrder(key));
                }
            }
        }
    }

    private List<?> inOrder(String key) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery("select v from keys order by " + key)) {
            List<List<Long>> all = new java.util.ArrayList<>();
            while (rows.next()) {
                all.add(List.of(rows.getLong(1)));
            }
            return all;
        }
    }

    /**
     * The operators that the key's own words find are not those that its order uses, as of a type whose schema is not
     * on the path.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void failsWhereTheKeysOrderAndComparisonDisagree(int legRows) throws Exception {
        database.execute(
                "create schema own",
                "create type own.backwards as (n int)",
                "create function own.cmp(own.backwards, own.backwards) returns int immutable language sql as 'select sign($2.n - $1.n)::int'",
                "create function own.lt(own.backwards, own.backwards) returns bool immutable language sql as 'select $1.n > $2.n'",
                "create function own.le(own.backwards, own.backwards) returns bool immutable language sql as 'select $1.n >= $2.n'",
                "create function own.eq(own.backwards, own.backwards) returns bool immutable language sql as 'select $1.n = $2.n'",
                "create function own.ge(own.backwards, own.backwards) returns bool immutable language sql as 'select $1.n <= $2.n'",
                "create function own.gt(own.backwards, own.backwards) returns bool immutable language sql as 'select $1.n < $2.n'",
                "create operator own.< (leftarg = own.backwards, rightarg = own.backwards, function = own.lt)",
                "create operator own.<= (leftarg = own.backwards, rightarg = own.backwards, function = own.le)",
                "create operator own.= (leftarg = own.backwards, rightarg = own.backwards, function = own.eq)",
                "create operator own.>= (leftarg = own.backwards, rightarg = own.backwards, function = own.ge)",
                "create operator own.> (leftarg = own.backwards, rightarg = own.backwards, function = own.gt)",
                "create operator class own.backwards_ops default for type own.backwards using btree as operator 1 own.<,"
                        + " operator 2 own.<=, operator 3 own.=, operator 4 own.>=, operator 5 own.>,"
                        + " function 1 own.cmp(own.backwards, own.backwards)",
                "create table keys as select row(i)::own.backwards as k, i as v from generate_series(1, 9) i");
        try (RowReader reader = open("select * from keys", "k", "v")) {
            SourceException lost = DatabaseContract.refused(() -> Selections.readAll(reader, legRows));
            assertThat(lost.kind()).isEqualTo(Kind.ROWS_LOST);
            assertThat(lost.detail())
                    .isEqualTo("Rows of file readings would be missing: the source sorts its key (k) otherwise than it"
                            + " compares it.");
        }
    }

    @Test
    void takesUpAColumnOfAnotherTypeInTheNextExportAndTheNextLeg() throws Exception {
        database.execute(
                "create table customers(id int primary key, name varchar(20), balance int)",
                "insert into customers select i, 'n' || i, i from generate_series(1, 100) i");
        for (int times = 0; times < 8; times++) {
            try (RowReader reader = open("select * from customers", "id", "id, name")) {
                assertThat(Selections.readAll(reader, 10)).hasSize(100);
            }
        }
        try (RowReader under = open("select * from customers", "id", "id, name, balance")) {
            String bound = bound(under);
            String position = Selections.positionAfter(under, bound, 10);
            database.execute(
                    "alter table customers alter column name type varchar(50)",
                    "alter table customers alter column balance type numeric(9, 2)",
                    "alter table customers alter column id type bigint");
            assertThat(Selections.readFrom(under, position, bound, 20))
                    .hasSize(90)
                    .startsWith(List.of(11L, "n11", new java.math.BigDecimal("11.00")));
        }
        try (RowReader next = open("select * from customers", "id", "id, name")) {
            assertThat(Selections.readAll(next, 10)).hasSize(100);
        }
    }

    @Test
    void tellsThatTheServerHasStoppedTheQuery() throws Exception {
        database.execute("alter role postgres set statement_timeout = '200ms'");
        try (RowReader reader =
                open("select g as n from generate_series(1, 3) g where pg_sleep(0.5) is not null", "n", "n")) {
            SourceException stopped = DatabaseContract.refused(reader::lastPosition);
            assertThat(stopped.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(stopped.detail())
                    .isEqualTo("The source stopped the query, as it does after its statement_timeout.");
        } finally {
            database.execute("alter role postgres reset statement_timeout");
        }
    }

    @Test
    void seesOneStateThroughoutALeg() throws Exception {
        database.execute("create table t as select i as a, i as b from generate_series(1, 5000) i");
        try (RowReader reader = open("select * from t", "a", "a, b")) {
            String bound = bound(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                database.execute("delete from t where a > 10", "insert into t values (20000, 1)");
                int rows = 1;
                while (leg.next()) {
                    rows++;
                }
                assertThat(rows).isEqualTo(5_000);
            }
        }
    }

    @Test
    void holdsNoTransactionWhileItsReaderIsPausedBeyondItsTime() throws Exception {
        LegLimits brief = new LegLimits(Duration.ofMillis(20), Duration.ofMillis(20));
        connections.close();
        connections = new SourceConnections(5_000, brief, brief);
        database.execute("create table t as select i as a from generate_series(1, 5000) i");
        try (RowReader reader = open("select * from t", "a", "a")) {
            String bound = bound(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                leg.pause();
                // Waits until nobody reads the table.
                database.execute("alter table t add column b int");
                assertThat(leg.next()).isFalse();
                assertThat(leg.isLast()).isFalse();
                assertThat(Selections.readFrom(reader, leg.position(), bound, 10_000))
                        .hasSize(4_999);
            }
        }
    }

    @Test
    void hasTheServerEndATransactionWhoseReaderStandsStillAndKeepsAShorterLimit() throws Exception {
        assertThat(idleLimit()).isEqualTo("90s");
        database.execute("alter role postgres set idle_in_transaction_session_timeout = '7s'");
        connections.close();
        connections = new SourceConnections();
        assertThat(idleLimit()).isEqualTo("7s");
        database.execute("alter role postgres reset idle_in_transaction_session_timeout");
    }

    private String idleLimit() throws Exception {
        try (LentConnection connection = connections.lend(database.source())) {
            return connection.one("show idle_in_transaction_session_timeout").replace("1min 30s", "90s");
        }
    }

    @Test
    void readsOneStateOfAllFilesInASnapshot() throws Exception {
        database.execute("create table t as select i as a from generate_series(1, 3000) i");
        RowSelection selection = Selections.of(database.source(), "select a from t", "a", "a");
        try (Snapshot snapshot = new JdbcRowSource(connections).snapshot(database.source())) {
            database.execute("delete from t where a > 5");
            for (int times = 0; times < 2; times++) {
                try (RowReader reader = snapshot.open(selection)) {
                    assertThat(Selections.readFrom(reader, null, bound(reader), 10_000))
                            .hasSize(3_000);
                }
            }
        }
        try (RowReader reader = open("select a from t", "a", "a")) {
            assertThat(Selections.readAll(reader, 10)).hasSize(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"a, 1000, 1000", "'a, b', 1000, 200", "'a, b', 50, 50", "'a, b', 5000, 5000", "a, 10, 10"})
    void asksForFewRowsAtATimeWhereTheyMayBeWide(String columns, int batchRows, int fetched) throws Exception {
        database.execute("create table t as select i as a, 'x' || i as b from generate_series(1, 3) i");
        RowSelection usual = Selections.of(database.source(), "select * from t", "a", columns);
        DatasetFile file =
                new DatasetFile("readings", "select * from t", usual.file().key(), usual.columns(), batchRows);
        RowSelection selection = new RowSelection(usual.source(), file, usual.columns(), usual.parameters());
        try (LentConnection connection = connections.lend(database.source());
                OpenFile open = new OpenFile(connection, selection, new Cancellation(Dialect.POSTGRESQL));
                ResultSet rows = open.stream(open.sql().first(), new Object[][] {{9L}})) {
            assertThat(rows.getFetchSize()).isEqualTo(fetched);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "k desc", "f, k", "f desc, i", "i", "y, k"})
    void readsTheSameWhateverTheRolesSettings(String key) throws Exception {
        List<String> settings = List.of(
                "array_nulls = off",
                "extra_float_digits = -15",
                "bytea_output = 'escape'",
                "intervalstyle = 'iso_8601'",
                "datestyle = 'German'",
                "timezone = 'Asia/Kathmandu'");
        for (String setting : settings) {
            database.execute("alter role postgres set " + setting);
        }
        try {
            database.execute(
                    "create table keys as select i as v, array['x' || i / 3, case when i % 3 = 0 then null when i % 3 = 1"
                            + " then 'NULL' else 'b' || i end] as k, (i / 7.0)::float8 as f, make_interval(days => i, secs => i / 3.0) as i,"
                            + " decode(md5(i::text), 'hex') as y from generate_series(1, 59) i");
            connections.close();
            connections = new SourceConnections();
            for (int legRows : new int[] {1, 7, 100}) {
                try (RowReader reader = open("select * from keys", key, "v")) {
                    assertThat(Selections.readAll(reader, legRows)).hasSize(59).isEqualTo(inOrder(key));
                }
            }
            try (RowReader reader = open("select v, f, i, y from keys where v = 1", "v", "f, i, y")) {
                assertThat(Selections.readAll(reader, 1))
                        .isEqualTo(List.of(List.of(
                                0.14285714285714285,
                                "1 day 00:00:00.333333",
                                new RecordedRows.Bytes("c4ca4238a0b923820dcc509a6f75849b"))));
            }
        } finally {
            database.execute("alter role postgres reset all");
        }
    }

    @ParameterizedTest
    @CsvSource({"array_nulls = off, k", "extra_float_digits = -15, f"})
    void failsWhereTheBoundIsNotFoundByItsText(String setting, String key) throws Exception {
        loseSettings(setting, 48);
        try (RowReader reader = open("select * from keys", key, "v")) {
            assertThat(DatabaseContract.refused(reader::lastPosition).kind()).isEqualTo(Kind.ROWS_LOST);
        }
    }

    @Test
    void failsWhereTheRowAtWhichALegEndsIsNotFoundByItsText() throws Exception {
        LegLimits brief = new LegLimits(Duration.ofMillis(20), Duration.ofMillis(20));
        connections.close();
        connections = new SourceConnections(5_000, brief, brief);
        loseSettings("array_nulls = off", 2);
        try (RowReader reader = open("select * from keys", "k desc", "v");
                RowReader.Leg leg = reader.read(null, bound(reader))) {
            assertThat(leg.next()).isTrue();
            leg.pause();
            // Waits until the leg has ended.
            database.execute("alter table keys add column b int");
            assertThat(DatabaseContract.refused(leg::next).kind()).isEqualTo(Kind.ROWS_LOST);
        }
    }

    /** As a pooler between does that gives each transaction another session. */
    private void loseSettings(String setting, int withoutValue) throws Exception {
        database.execute(
                "create table keys as select i as v, array['x', case when i = " + withoutValue
                        + " then null else lpad(i::text, 3, '0') end] as k, i / 7.0::float8 as f from generate_series(1, 48) i");
        try (LentConnection lent = connections.lend(database.source(), RowMemory.Rows.USUAL, null)) {
            lent.one("select set_config('" + setting.replace(" = ", "', '") + "', false)");
            lent.connection().commit();
        }
    }
}
