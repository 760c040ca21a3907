package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.ProgressHandler;

class SqliteKeysetTest extends KeysetContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    @Test
    void comparesTextKeysAsTheirCollationDoes() throws Exception {
        run(
                "create table tags(name text collate nocase, plain text, padded text collate rtrim)",
                "insert into tags values ('b', 'a', 'a'), ('A', 'A', 'a '), ('a', 'a ', 'b')");
        for (int batchRows : new int[] {1, 2, 3}) {
            for (String key : List.of("name", "name desc", "padded")) {
                try (RowReader reader = rows.open(Selections.of(source(), "select * from tags", key, "name"))) {
                    assertThat(refused(() -> Selections.readAll(reader, batchRows))
                                    .detail())
                            .startsWith("Two rows of file readings have the same key");
                }
            }
            try (RowReader reader = rows.open(Selections.of(source(), "select * from tags", "plain", "plain"))) {
                assertThat(Selections.readAll(reader, batchRows))
                        .isEqualTo(List.of(List.of("A"), List.of("a"), List.of("a ")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void goesOnAfterKeysOfEveryStorageClass(int batchRows) throws Exception {
        run("create table mixed(k)");
        List<Object> keys = List.of(
                Double.NEGATIVE_INFINITY,
                -Double.MAX_VALUE,
                Long.MIN_VALUE,
                -1L,
                -Double.MIN_VALUE,
                0L,
                Double.MIN_VALUE,
                0.1,
                0.1 + 0.2,
                1L,
                9007199254740993L,
                Long.MAX_VALUE,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                "",
                "\0",
                "\0a",
                "1",
                "A",
                "a",
                "a\0",
                "a\0b",
                "a\u0001",
                "z".repeat(1_000_000),
                "é",
                "\uFFFD",
                "\uD83D\uDE00",
                new byte[] {},
                new byte[] {0},
                new byte[] {0, -1},
                new byte[] {127});
        insert("insert into mixed values (?)", keys);
        assertThat(inOrder("select * from mixed", "k", "typeof(k)")).hasSize(keys.size());
        List<Object> expected = keys.stream()
                .map(key -> key instanceof byte[] bytes
                        ? new RecordedRows.Bytes(HexFormat.of().formatHex(bytes))
                        : key)
                .toList();
        try (RowReader reader = rows.open(Selections.of(source(), "select k from mixed", "k", "k"))) {
            assertThat(Selections.readAll(reader, batchRows))
                    .extracting(row -> row.get(0))
                    .isEqualTo(expected);
        }
    }

    @Test
    void takesEqualNumbersOfDifferentTypesForEqualKeys() throws Exception {
        run("create table mixed(k)", "insert into mixed values (1), (1.0)");
        try (RowReader reader = rows.open(Selections.of(source(), "select k from mixed", "k", "k"))) {
            assertThat(refused(() -> Selections.readAll(reader, 1)).detail()).contains("same key (k)");
        }
    }

    @Test
    void refusesAKeyThatCanNotBeReadBack() throws Exception {
        run("create table broken(k text)", "insert into broken values (cast(x'61ff' as text)), ('b')");
        try (RowReader reader = rows.open(Selections.of(source(), "select k from broken", "k", "k"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, 1));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail())
                    .isEqualTo("File readings, key (k): A key holds text that is not valid Unicode.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer primary key", "numeric unique", "real unique", "unique"})
    void givesEveryRowOfArmsThatEachTakeNumbersAndTextsOtherwise(String numbers) throws Exception {
        run(
                "create table numbers(k " + numbers + ")",
                "create table texts(k text primary key)",
                "insert into numbers values (2), (3)",
                "insert into texts values ('10'), ('1x'), ('30'), ('4')");
        String query = "select k from numbers union all select k from texts";
        for (String key : List.of("k", "k desc")) {
            for (int legRows : new int[] {1, 2, 3}) {
                try (RowReader reader = rows.open(Selections.of(source(), query, key, "k"))) {
                    assertThat(Selections.readAll(reader, legRows))
                            .as("%s by %s", key, legRows)
                            .map(row -> String.valueOf(row.get(0)).replace(".0", ""))
                            .isEqualTo(inOrder(query, key, "k").stream()
                                    .map(row -> String.valueOf(row.get(0)).replace(".0", ""))
                                    .toList());
                }
            }
        }
    }

    @Test
    void givesEveryIntegerThatAUnionMakesAReal() throws Exception {
        run(
                "create table reals(k real, n integer)",
                "create table integers(k integer, n integer)",
                "insert into reals values (1.5, 1), (9e18, 2)",
                "insert into integers values (9223372036854775807, 3), (9223372036854775807, 4), (9223372036854775806, 5)",
                "insert into integers values (9007199254740993, 6), (9007199254740993, 7), (9007199254740992, 8), (-9007199254740993, 9)");
        String query = "select k, n from reals union all select k, n from integers";
        for (String key : List.of("k, n", "k desc, n desc", "k, n desc")) {
            for (int legRows : new int[] {1, 2, 100}) {
                try (RowReader reader = rows.open(Selections.of(source(), query, key, "n"))) {
                    assertThat(Selections.readAll(reader, legRows))
                            .as("%s by %s", key, legRows)
                            .isEqualTo(inOrder(query, key, "n"));
                    assertThat(reader.count(last(reader))).hasValue(9);
                }
            }
        }
    }

    @Test
    void doesNotTakeATextForTheNumberThatIsGone() throws Exception {
        run(
                "create table numbers(k integer primary key)",
                "create table texts(k text primary key)",
                "insert into numbers values (1), (2), (3)",
                "insert into texts values ('2'), ('3')");
        String query = "select k from texts union all select k from numbers";
        try (RowReader reader = rows.open(Selections.of(source(), query, "k desc", "k"))) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 4);
            run("delete from numbers where k in (1, 2)", "insert into texts values ('1')");
            assertThat(Selections.readFrom(reader, position, bound, 1)).isEmpty();
        }
    }

    @Test
    void doesNotTakeForLostWhatCameBackWhileALegWasOpen() throws Exception {
        ((SqliteSource) database()).run("pragma journal_mode = wal");
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 59);
            run("delete from items where id >= 58");
            try (RowReader.Leg leg = reader.read(position, bound)) {
                run("insert into items values (58, 0, 'x', null), (60, 0, 'x', null)");
                assertThat(leg.next()).isFalse();
                assertThat(leg.isLast()).isTrue();
            }
            run("delete from items where id >= 58");
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                run("insert into items values (60, 0, 'x', null)");
                while (leg.next()) {
                    leg.position();
                }
                assertThat(leg.isLast()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ts                | select ts, value from readings where sensor = 1
                    ts desc           | select ts, value from readings where sensor = 1
                    sensor, ts        | select * from readings
                    sensor desc, ts desc | select * from readings
                    created desc, uri | select * from posts
                    created, uri desc | select * from posts; -- newest last
                    uri               | select * from posts
                    uri desc          | select * from (select * from posts where likes >= 0)
                    """)
    void findsAPositionDeepInATableByItsIndex(String key, String query) throws Exception {
        run(
                "create table readings(sensor integer, ts integer, value real, primary key(sensor, ts)) without rowid",
                "create table posts(uri text primary key, created text not null, likes int)",
                "create index posts_created on posts(created desc, uri)");
        RowSelection selection = Selections.of(source(), query, key, key.replace(" desc", ""));
        try (LentConnection connection = connections.lend(source())) {
            OpenFile file = new OpenFile(connection, selection, new Cancellation(Dialect.SQLITE));
            KeysetSql sql = file.sql();
            for (String select :
                    List.of(sql.first().sql(), file.next(new Object[0]).sql(), sql.last())) {
                assertThat(plan(connection, select)).as(select).doesNotContain("TEMP B-TREE");
            }
            assertThat(plan(connection, file.next(new Object[0]).sql())).startsWith("SEARCH");
        }
    }

    private static String plan(LentConnection connection, String select) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.connection().prepareStatement("explain query plan " + select);
                ResultSet steps = statement.executeQuery()) {
            while (steps.next()) {
                plan.append(plan.isEmpty() ? "" : "; ").append(steps.getString("detail"));
            }
        }
        return plan.toString();
    }

    private void insert(String sql, List<Object> values) throws SQLException {
        try (Connection connection = database().connect();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (Object value : values) {
                insert.setObject(1, value);
                insert.execute();
            }
            connection.commit();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'t.a >= 0', a",
        "'t.a >= 0 and t.a < 1000000', a",
        "'t.a between 0 and 1000000', 'a,b'",
        "'t.a <= 40000', 'a desc,b desc'",
        "'t.a >= 0', 'a,b desc'"
    })
    void entersTheIndexByTheLegsPositionAndNotByTheQuerysOwnBound(String own, String key) throws Exception {
        run(
                "create table t(a integer, b integer, c text, primary key(a, b)) without rowid",
                "with recursive n(i) as (select 0 union all select i + 1 from n where i < 30000) "
                        + "insert into t select i, 1, 'x' from n");
        RowSelection selection = Selections.of(source(), "select a, b, c from t where " + own, key, "c");
        try (RowReader reader = rows.open(selection)) {
            String last = reader.lastPosition();
            String after = Selections.positionAfter(reader, last, 25_000);
            assertThat(stepsOfLeg(selection, after, last)).isLessThan(100_000);
        }
    }

    /** Instructions of SQLite's machine for 1,000 rows more; walking over 25,000 rows takes more than 100,000. */
    private long stepsOfLeg(RowSelection selection, String after, String last) throws Exception {
        AtomicLong steps = new AtomicLong();
        // Not 50 ms, in which a busy machine may not come to the last row.
        try (SourceConnections counted = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE);
                RowReader reader = new JdbcRowSource(counted).open(selection)) {
            LentConnection lent = counted.lend(selection.source());
            ProgressHandler.setHandler(lent.connection(), 100, new ProgressHandler() {
                @Override
                protected int progress() {
                    steps.addAndGet(100);
                    return 0;
                }
            });
            lent.close();
            try (RowReader.Leg leg = reader.read(after, last)) {
                for (int row = 0; row < 1_000; row++) {
                    assertThat(leg.next()).isTrue();
                }
            }
        }
        return steps.get();
    }
}
