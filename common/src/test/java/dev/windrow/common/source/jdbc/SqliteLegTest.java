package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.SourceWatch;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one execution of a query gives, when it ends, and that the next begins where it has ended. */
@Timeout(60)
class SqliteLegTest {
    private static final LegLimits SHORT = new LegLimits(Duration.ofMillis(20), Duration.ofMillis(20));
    private static final LegLimits LONG = new LegLimits(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    Path folder;

    private SourceConnections connections = new SourceConnections(5_000, LONG, LONG);

    @AfterEach
    void close() {
        connections.close();
    }

    private SqliteSource database(String... statements) throws Exception {
        return new SqliteSource(folder.resolve("legs.db")).run(statements);
    }

    private RowReader open(SqliteSource database, String query, String key, String columns) {
        return open(Selections.of(database.source(), query, key, columns));
    }

    private RowReader open(RowSelection selection) {
        return new JdbcRowSource(connections).open(selection);
    }

    private void use(LegLimits free, LegLimits holding) {
        connections.close();
        connections = new SourceConnections(5_000, free, holding);
    }

    private static String bound(RowReader reader) throws SourceException {
        return Objects.requireNonNull(reader.lastPosition());
    }

    /**
     * The affinity of a union's column is that of its first arm: 5 would be compared as '5', which comes after '1a'.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select n from o union all select n from p | n
            select n from o union all select n from p | n desc
            select n from p union all select n from o | n
            select n from (select n from o union select n from p) | n desc
            select cast(n as text) as n from o union all select n from p | n
            select n from both | n
            """)
    void givesEveryArmOfAUnionWhateverItsTypes(String query, String key) throws Exception {
        SqliteSource database = database(
                "create table o(n text)",
                "create table p(n integer)",
                "insert into o values ('1a'), ('7z'), ('30')",
                "insert into p values (5), (40), (-3)",
                "create view both as select n from o union all select n from p");
        for (int legRows = 1; legRows < 7; legRows++) {
            try (RowReader reader = open(database, query, key, "n")) {
                List<Object> expected = List.of(-3L, 5L, 40L, "1a", "30", "7z");
                assertThat(Selections.readAll(reader, legRows))
                        .as("legs of %d", legRows)
                        .extracting(row -> row.get(0))
                        .isEqualTo(key.endsWith("desc") ? reversed(expected) : expected);
                assertThat(reader.count(bound(reader))).hasValue(6);
            }
        }
    }

    private static List<Object> reversed(List<Object> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.get(values.size() - 1 - i))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'select k from t', k collate nocase, 'a', 'A'",
        "'select k from t', k collate rtrim, 'a', 'a  '",
        "'select lower(k) as k from t', k, 'a', 'A'",
        "'select k from t union all select k from t where 0', k collate nocase, 'a', 'A'",
        "'select trim(k) as k from t', k, 'a', ' a'"
    })
    void refusesKeysThatTheirCollationTakesForEqual(String query, String column, String one, String other)
            throws Exception {
        SqliteSource database = database(
                "create table t(" + column + ")", "insert into t values ('" + one + "'), ('" + other + "'), ('b')");
        for (int legRows = 1; legRows < 4; legRows++) {
            int rows = legRows;
            try (RowReader reader = open(database, query, "k", "k")) {
                SourceException refused = DatabaseContract.refused(() -> Selections.readAll(reader, rows));
                assertThat(refused.kind()).isEqualTo(Kind.QUERY);
                assertThat(refused.detail()).isEqualTo("Two rows of file readings have the same key (k).");
            }
        }
    }

    @Test
    void goesOnAfterARowThatIsGoneAndPastABoundThatIsGone() throws Exception {
        SqliteSource database =
                database("create table t(a integer primary key)", "insert into t values (1), (2), (4), (6)");
        try (RowReader reader = open(database, "select a from t", "a", "a")) {
            String bound = bound(reader);
            String position = Selections.positionAfter(reader, bound, 2);
            database.run("delete from t where a in (2, 6)", "insert into t values (3), (9)");
            assertThat(Selections.readFrom(reader, position, bound, 1)).isEqualTo(List.of(List.of(3L), List.of(4L)));
        }
    }

    @Test
    void doesNotGiveTheRowAtThePositionAgainThoughItWasChanged() throws Exception {
        SqliteSource database = database(
                "create table t(k text collate nocase primary key, v integer)",
                "insert into t values ('a', 1), ('b', 2)");
        try (RowReader reader = open(database, "select k, v from t", "k", "k, v")) {
            String bound = bound(reader);
            String position = Selections.positionAfter(reader, bound, 1);
            database.run("update t set k = 'A', v = 3 where k = 'a'");
            assertThat(Selections.readFrom(reader, position, bound, 1)).isEqualTo(List.of(List.of("b", 2L)));
        }
    }

    @ParameterizedTest
    @CsvSource({"'a, b desc', null", "'a, b', null", "'a desc, b desc', null", "'a, b desc, c', null"})
    void refusesANullBesideThePositionThatNoComparisonGives(String key) throws Exception {
        SqliteSource database = database(
                "create table t(a integer, b integer, c integer)",
                "insert into t values (1, 5, 1), (1, 7, 1), (2, 1, 1), (2, 9, 1)");
        try (RowReader reader = open(database, "select a, b, c from t", key, "a, b")) {
            String bound = bound(reader);
            String position = Selections.positionAfter(reader, bound, 1);
            database.run("insert into t values (" + (key.startsWith("a desc") ? 2 : 1) + ", null, 1)");
            assertThat(DatabaseContract.refused(() -> Selections.readFrom(reader, position, bound, 9))
                            .detail())
                    .startsWith("A row of file readings has a null in its key (a, b");
        }
    }

    @Test
    void endsByTimeAndGoesOnInTheNextLeg() throws Exception {
        use(SHORT, SHORT);
        SqliteSource database = numbers(300_000);
        try (RowReader reader = open(database, "select a from t", "a", "a")) {
            String bound = bound(reader);
            List<String> positions = new ArrayList<>();
            long rows = 0;
            boolean last = false;
            while (!last) {
                try (RowReader.Leg leg =
                        reader.read(positions.isEmpty() ? null : positions.get(positions.size() - 1), bound)) {
                    while (leg.next()) {
                        rows++;
                    }
                    last = leg.isLast();
                    positions.add(leg.position());
                }
            }
            assertThat(rows).isEqualTo(300_000);
            assertThat(positions).hasSizeGreaterThan(1).doesNotHaveDuplicates().endsWith(bound);
        }
    }

    private SqliteSource numbers(int rows) throws Exception {
        return database(
                "create table t(a integer primary key)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + rows
                        + ") insert into t select i from n");
    }

    @Test
    void holdsNoWriterUpWhileItsReaderIsPausedBeyondItsTime() throws Exception {
        use(LONG, SHORT);
        SqliteSource database = numbers(1_000);
        try (RowReader reader = open(database, "select a from t", "a", "a")) {
            String bound = bound(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                leg.pause();
                // Waits for the leg's end, which nobody but the timer brings.
                database.run("pragma busy_timeout = 30000", "delete from t where a = 500");
                assertThat(leg.next()).isFalse();
                assertThat(leg.isLast()).isFalse();
                assertThat(Selections.readFrom(reader, leg.position(), bound, 1_000))
                        .hasSize(998);
            }
        }
    }

    @Test
    void goesOnAfterAShortPause() throws Exception {
        SqliteSource database = numbers(10);
        try (RowReader reader = open(database, "select a from t", "a", "a");
                RowReader.Leg leg = reader.read(null, bound(reader))) {
            int rows = 0;
            while (leg.next()) {
                rows++;
                leg.pause();
                leg.pause();
            }
            assertThat(rows).isEqualTo(10);
            assertThat(leg.isLast()).isTrue();
            leg.pause();
            assertThat(leg.next()).isFalse();
        }
    }

    @Test
    void endsALegAtOnceWhenItIsCancelledWhileItsReaderIsPaused() throws Exception {
        SqliteSource database = numbers(10);
        try (RowReader reader = open(database, "select a from t", "a", "a");
                RowReader.Leg leg = reader.read(null, bound(reader))) {
            assertThat(leg.next()).isTrue();
            leg.pause();
            reader.cancel();
            database.run("pragma busy_timeout = 0", "delete from t where a = 5");
            assertThat(DatabaseContract.refused(leg::next).kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void readsTheFileThatWasPutInThePlaceOfTheOldOneBetweenTwoLegs() throws Exception {
        SqliteSource database = numbers(10);
        try (RowReader reader = open(database, "select a from t", "a", "a")) {
            String bound = bound(reader);
            String position = Selections.positionAfter(reader, bound, 4);
            Path other = new SqliteSource(folder.resolve("other.db"))
                    .run("create table t(a integer primary key)", "insert into t values (2), (4), (6), (10)")
                    .file();
            Files.move(other, database.file(), StandardCopyOption.REPLACE_EXISTING);
            assertThat(Selections.readFrom(reader, position, bound, 1)).isEqualTo(List.of(List.of(6L), List.of(10L)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void tellsWhetherAnybodyHasChangedTheFile(String mode) throws Exception {
        SqliteSource database = numbers(10).run("pragma journal_mode = " + mode);
        try (SourceWatch watch = new JdbcRowSource(connections).watch(database.source())) {
            try (RowReader reader = open(database, "select a from t", "a", "a")) {
                Selections.readAll(reader, 3);
            }
            assertThat(watch.isUnchanged()).isTrue();
            database.run("insert into t values (11)");
            assertThat(watch.isUnchanged()).isFalse();
        }
    }

    @Test
    void readsOneStateOfAFileThatGoesOnChanging() throws Exception {
        use(SHORT, SHORT);
        SqliteSource database = numbers(100_000).run("pragma journal_mode = wal");
        RowSelection selection = Selections.of(database.source(), "select a from t", "a", "a");
        try (Snapshot snapshot = new JdbcRowSource(connections).snapshot(database.source())) {
            database.run("delete from t where a > 50", "insert into t values (200000)");
            for (int times = 0; times < 2; times++) {
                try (RowReader reader = snapshot.open(selection);
                        RowReader.Leg leg = reader.read(null, bound(reader))) {
                    int rows = 0;
                    while (leg.next()) {
                        rows++;
                        leg.pause();
                    }
                    assertThat(rows).isEqualTo(100_000);
                    assertThat(leg.isLast()).isTrue();
                }
            }
        }
        try (RowReader reader = open(selection)) {
            assertThat(Selections.readAll(reader, 1_000)).hasSize(51);
        }
    }

    @Test
    void refusesASnapshotOfAFileWhoseWritersWouldWait() throws Exception {
        SqliteSource database = numbers(1).run("pragma journal_mode = delete");
        SourceException refused =
                DatabaseContract.refused(() -> new JdbcRowSource(connections).snapshot(database.source()));
        assertThat(refused.kind()).isEqualTo(Kind.QUERY);
        assertThat(refused.detail()).isEqualTo("The source can't be read as one snapshot.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', at",
        "'and at >= :low', at",
        "'and :low <= at and at < 9e15', at",
        "'and at between :low and 9e15', 'at desc'"
    })
    void entersTheIndexAtThePositionThoughTheQueryHasBoundsOfItsOwn(String own, String key) throws Exception {
        SqliteSource database = database(
                "create table readings(sensor text not null, at integer not null, v real, primary key(sensor, at)) without rowid",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into readings select 's', i, i from n");
        Map<String, @Nullable Object> values = Map.of("sensor", "s", "low", 0L);
        RowSelection selection = Selections.of(
                database.source(), "select at, v from readings where sensor = :sensor " + own, key, "v", values);
        try (LentConnection connection = connections.lend(database.source());
                OpenFile file = new OpenFile(connection, selection, new Cancellation(Dialect.SQLITE))) {
            KeysetSql.Statement next = file.next(new Object[0]);
            int position = next.before().size() + (own.isEmpty() ? 1 : 2) + 1;
            assertThat(SqliteExplain.program(connection.connection(), next.sql(), position)
                            .entry())
                    .isEqualTo(SqliteProgram.Entry.AT_POSITION);
        }
        try (RowReader reader = open(selection)) {
            assertThat(Selections.readAll(reader, 7)).hasSize(1_000);
        }
    }

    @Test
    void hashesAKeyTheSameInEveryLegAndEqualNumbersAlike() throws Exception {
        SqliteSource database = database("create table t(k)", "insert into t values (1), (2.0), (2.5), ('x'), (x'00')");
        List<Integer> whole = hashes(database, 10);
        assertThat(whole).doesNotHaveDuplicates().isEqualTo(hashes(database, 1));
        database.run("update t set k = 1.0 where k = 1", "update t set k = 2 where k = 2.0");
        assertThat(hashes(database, 2)).isEqualTo(whole);
    }

    private List<Integer> hashes(SqliteSource database, int legRows) throws Exception {
        List<Integer> hashes = new ArrayList<>();
        try (RowReader reader = open(database, "select k from t", "k", "k")) {
            String bound = bound(reader);
            String position = null;
            while (hashes.size() < 5) {
                try (RowReader.Leg leg = reader.read(position, bound)) {
                    for (int row = 0; row < legRows && leg.next(); row++) {
                        hashes.add(leg.keyHash());
                    }
                    position = leg.position();
                }
            }
        }
        return hashes;
    }

    @Test
    void waitsForNobodyWhenAReaderIsLeftOpen() throws Exception {
        use(SHORT, SHORT);
        SqliteSource database = numbers(10);
        try (RowReader reader = open(database, "select a from t", "a", "a");
                RowReader.Leg leg = reader.read(null, bound(reader))) {
            assertThat(leg.next()).isTrue();
            leg.pause();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> database.run("pragma busy_timeout = 0", "update t set a = -1 where a = 1"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "a, 7",
        "a, 9",
        "a, 10",
        "a, 11",
        "a desc, 3",
        "'b, a', 2",
        "'b desc, a desc', 4",
        "'b, a desc', 3"
    })
    void countsInStretchesWhereWritersWouldWait(String key, int stretch) throws Exception {
        SqliteSource database = database(
                "create table t(a integer, b integer, primary key(b, a)) without rowid",
                "create unique index t_a on t(a)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 12) insert into t select i, i % 3 from n");
        RowSelection selection = Selections.of(database.source(), "select a, b from t where a <= 10", key, "a");
        try (RowReader reader = open(selection);
                LentConnection connection = connections.lend(database.source());
                OpenFile file = new OpenFile(connection, selection, new Cancellation(Dialect.SQLITE))) {
            assertThat(file.isCountedInStretches()).isTrue();
            String last = bound(reader);
            Object[] bound =
                    Position.read(last, selection.file().key(), "readings").values();
            assertThat(new StretchedCount(file, file.entering(), bound, stretch).count())
                    .isEqualTo(10);
            assertThat(reader.count(last)).hasValue(10);
        }
    }

    @Test
    void countsAtOnceWhereNobodyWaitsOrNoIndexHelps() throws Exception {
        SqliteSource database = numbers(10);
        assertThat(isCountedInStretches(database, "select a from t", "a")).isTrue();
        assertThat(isCountedInStretches(database, "select a + 0 as a from t", "a"))
                .isFalse();
        database.run("pragma journal_mode = wal");
        assertThat(isCountedInStretches(database, "select a from t", "a")).isFalse();
    }

    private boolean isCountedInStretches(SqliteSource database, String query, String key) throws Exception {
        RowSelection selection = Selections.of(database.source(), query, key, key);
        try (LentConnection connection = connections.lend(database.source());
                OpenFile file = new OpenFile(connection, selection, new Cancellation(Dialect.SQLITE))) {
            return file.isCountedInStretches();
        }
    }

    /** In place, as cp does: SQLite's own view of the file does not change. */
    @Test
    void readsAFileThatWasCopiedOverTheOldOneAndNoPageOfThat() throws Exception {
        String fill =
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) insert into t select i, ";
        SqliteSource database = database(
                "pragma journal_mode = wal", "create table t(a integer primary key, b text)", fill + "'old' from n");
        try (RowReader reader = open(database, "select a, b from t", "a", "b")) {
            assertThat(Selections.readAll(reader, 500)).hasSize(2_000).containsOnly(List.of("old"));
        }
        Path other = new SqliteSource(folder.resolve("other.db"))
                .run(
                        "pragma journal_mode = wal",
                        "create table u(a)",
                        "create table t(a integer primary key, b text)",
                        fill + "'new' from n where i <> 1000")
                .file();
        Files.write(database.file(), Files.readAllBytes(other));
        try (RowReader reader = open(database, "select a, b from t", "a", "b")) {
            assertThat(Selections.readAll(reader, 500)).hasSize(1_999).containsOnly(List.of("new"));
        }
    }
}
