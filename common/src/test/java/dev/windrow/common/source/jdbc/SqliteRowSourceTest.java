package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteRowSourceTest extends RowSourceContract {
    @TempDir
    Path folder;

    private SqliteSource file() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    @Override
    Source source() {
        return file().source();
    }

    @Override
    Connection owner() throws SQLException {
        return file().connect();
    }

    @Override
    String endless() {
        return "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0";
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void leavesTheFileAsItIsInEitherJournalMode(String mode) throws Exception {
        run("select 1");
        file().run("pragma journal_mode = " + mode);
        byte[] before = Files.readAllBytes(file().file());
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            assertThat(Selections.readAll(reader, 7)).hasSize(61);
            assertThat(reader.count(last(reader))).hasValue(61);
        }
        connections.close();
        assertThat(Files.readAllBytes(file().file())).isEqualTo(before);
    }

    @Test
    void leavesNoOtherFileBesideOneWithARollbackJournal() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            Selections.readAll(reader, 7);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file().file());
        }
    }

    @Test
    void isNotOpenedForWritingByItsUrlEither() {
        Path gone = folder.resolve("gone.db");
        Source source = new Source("plant", "jdbc:sqlite:" + gone + "?open_mode=6&cache=private", null, null);
        SourceException refused = refused(
                rows.open(Selections.of(source, "select 1 as n", "n", "n"))::lastPosition);
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.detail()).isEqualTo("The source database is not available.");
        assertThat(gone).doesNotExist();
    }

    @Test
    void isUnavailableWhileAnotherLocksTheFile() throws Exception {
        try (SourceConnections impatient = new SourceConnections(20);
                RowReader reader = new JdbcRowSource(impatient)
                        .open(Selections.of(source(), "select * from items", "id", "id"));
                Connection other = owner();
                Statement statement = other.createStatement()) {
            statement.execute("begin exclusive");
            SourceException refused = refused(reader::lastPosition);
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.detail()).isEqualTo("The source database is not available.");
            statement.execute("rollback");
            assertThat(reader.lastPosition()).isNotNull();
        }
    }

    @Test
    void doesNotHoldUpAWriterBetweenBatches() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            String bound = last(reader);
            run("insert into items values (101, 0, 'x', null)");
            try (RowReader.Batch batch = reader.read(null, bound, 3)) {
                assertThat(batch.next()).isTrue();
            }
            run("insert into items values (102, 0, 'x', null)");
        }
    }

    @Test
    void opensTheFileThatWasPutInThePlaceOfTheOldOne() throws Exception {
        try (LentConnection connection = connections.lend(source())) {
            assertThat(connection.connection().isClosed()).isFalse();
        }
        Path other = new SqliteSource(folder.resolve("new.db"))
                .run("create table items(id integer primary key)", "insert into items values (7)")
                .file();
        Files.move(other, file().file(), StandardCopyOption.REPLACE_EXISTING);
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(List.of(List.of(7L)));
        }
    }

    @Test
    void comparesTextKeysAsTheirCollationDoes() throws Exception {
        run(
                "create table tags(name text collate nocase, plain text, padded text collate rtrim)",
                "insert into tags values ('b', 'a', 'a'), ('A', 'A', 'a '), ('a', 'a ', 'b')");
        for (int batchRows : new int[] {1, 2, 3}) {
            for (String key : List.of("name", "name desc", "padded")) {
                try (RowReader reader = rows.open(Selections.of(source(), "select * from tags", key, "name"))) {
                    assertThat(refused(() -> Selections.readAll(reader, batchRows)).detail())
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
                Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, Long.MIN_VALUE, -1L, -Double.MIN_VALUE, 0L, Double.MIN_VALUE,
                0.1, 0.1 + 0.2, 1L, 9007199254740993L, Long.MAX_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, "",
                "\0", "\0a", "1", "A", "a", "a\0", "a\0b", "a\u0001", "z".repeat(1_000_000), "é", "\uFFFD", "\uD83D\uDE00",
                new byte[] {}, new byte[] {0}, new byte[] {0, -1}, new byte[] {127});
        insert("insert into mixed values (?)", keys);
        assertThat(inOrder("select * from mixed", "k", "typeof(k)")).hasSize(keys.size());
        List<Object> expected = keys.stream()
                .map(key -> key instanceof byte[] bytes
                        ? new RecordedRows.Bytes(HexFormat.of().formatHex(bytes))
                        : key)
                .toList();
        try (RowReader reader = rows.open(Selections.of(source(), "select k from mixed", "k", "k"))) {
            assertThat(Selections.readAll(reader, batchRows)).extracting(row -> row.get(0)).isEqualTo(expected);
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
            assertThat(refused.detail()).isEqualTo("A key holds text that is not valid Unicode.");
        }
    }

    @Test
    void givesEveryValueByItsOwnTypeWhateverItsColumnDeclares() throws Exception {
        run("create table v(id integer primary key, i integer, t text, r real, b blob, n)");
        String big = "x\0y".repeat(350_000);
        try (Connection connection = owner();
                PreparedStatement insert = connection.prepareStatement("insert into v values (?, ?, ?, ?, ?, ?)")) {
            Object[][] all = {
                {1L, "no number", 7L, "text", "text", null},
                {2L, Long.MIN_VALUE, "", Double.POSITIVE_INFINITY, new byte[] {}, Long.MAX_VALUE},
                {3L, 1.5, big, -0.0, new byte[] {0, -1}, Double.MIN_VALUE},
                {4L, null, "\uD83D\uDE00\uFEFF\r\n\"", Double.NaN, null, -0.0},
            };
            for (Object[] row : all) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.execute();
            }
        }
        try (RowReader reader = rows.open(Selections.of(source(), "select * from v", "id", "n, i, t, r, b"))) {
            assertThat(Selections.readAll(reader, 3))
                    .containsExactly(
                            Arrays.asList(null, "no number", "7", "text", "text"),
                            Arrays.asList(
                                    Long.MAX_VALUE, Long.MIN_VALUE, "", Double.POSITIVE_INFINITY, new RecordedRows.Bytes("")),
                            Arrays.asList(Double.MIN_VALUE, 1.5, big, 0.0, new RecordedRows.Bytes("00ff")),
                            Arrays.asList(-0.0, null, "\uD83D\uDE00\uFEFF\r\n\"", null, null));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ts                | select ts, value from readings where sensor = 1
                    ts desc           | select ts, value from readings where sensor = 1
                    sensor, ts        | select * from readings
                    sensor desc, ts desc | select * from readings
                    created desc, uri | select * from posts
                    created, uri desc | select * from posts; -- newest last
                    uri               | select * from posts
                    uri desc          | select * from (select * from posts where likes >= 0)
                    """)
    void findsABatchDeepInATableByItsIndex(String key, String query) throws Exception {
        run(
                "create table readings(sensor integer, ts integer, value real, primary key(sensor, ts)) without rowid",
                "create table posts(uri text primary key, created text not null, likes int)",
                "create index posts_created on posts(created desc, uri)");
        RowSelection selection = Selections.of(source(), query, key, key.replace(" desc", ""));
        try (LentConnection connection = connections.lend(source())) {
            KeysetSql sql = new OpenFile(connection, selection, new Cancellation(Dialect.SQLITE)).sql();
            for (String select : List.of(sql.first(1001).sql(), sql.next(1001).sql(), sql.last())) {
                assertThat(plan(connection, select)).as(select).doesNotContain("TEMP B-TREE");
            }
            assertThat(plan(connection, sql.next(1001).sql())).startsWith("SEARCH");
        }
    }

    @Test
    void bindsDecimalsAsNumbersAlsoWhereNoColumnSaysSo() throws Exception {
        String query = "select id from items where id * 1.0 > :low and id + 0 <= :high";
        var limits = Map.of("low", new BigDecimal("57.5"), "high", new BigDecimal("60.0"));
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "id", limits))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(List.of(List.of(58L), List.of(59L), List.of(60L)));
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
        try (Connection connection = owner();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (Object value : values) {
                insert.setObject(1, value);
                insert.execute();
            }
            connection.commit();
        }
    }
}
