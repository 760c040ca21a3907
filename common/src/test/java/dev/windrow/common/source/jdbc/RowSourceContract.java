package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.Subject;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must do when it is read by key. */
@Timeout(60)
abstract class RowSourceContract {
    private static final String ITEMS = "select * from items";
    private static final int ROWS = 61;

    final SourceConnections connections = new SourceConnections();
    final JdbcRowSource rows = new JdbcRowSource(connections);

    abstract Source source();

    /** A connection that may write, with autocommit. */
    abstract Connection owner() throws SQLException;

    /** A query that would run for minutes, with a column n. */
    abstract String endless();

    @BeforeEach
    void makeItems() throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                "create table items(id integer primary key, grp integer not null, name varchar(40) not null, note varchar(40))");
        for (int i = 0; i < ROWS; i++) {
            int id = i * 37 % ROWS;
            String name = (i % 2 == 0 ? "n" : "N") + id / 3 + (i % 7 == 0 ? "é''\"\\" : "");
            statements.add("insert into items values (" + id + ", " + id / 10 + ", '" + name + "', null)");
        }
        run(statements.toArray(String[]::new));
    }

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    id
                    id desc
                    grp, id
                    grp desc, id desc
                    grp, id desc
                    grp desc, id
                    name, id
                    name desc, id
                    grp, name desc, id desc
                    grp desc, name desc, id
                    """)
    void givesEachRowOnceAndInOrderWhateverTheBatchSize(String key) throws Exception {
        List<List<@Nullable Object>> expected = inOrder(ITEMS, key, "id, name");
        assertThat(expected).hasSize(ROWS);
        for (int batchRows : new int[] {1, 2, 3, 7, ROWS - 1, ROWS, ROWS + 1, 1000}) {
            try (RowReader reader = rows.open(Selections.of(source(), ITEMS, key, "id, name"))) {
                assertThat(Selections.readAll(reader, batchRows)).as("batches of %s", batchRows).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "grp desc, id", "name, id", "name desc, id desc"})
    void goesOnAfterAnyPositionInANewReader(String key) throws Exception {
        List<List<@Nullable Object>> expected = inOrder(ITEMS, key, "id");
        List<String> positions = new ArrayList<>();
        String bound;
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, key, "id"))) {
            bound = last(reader);
            try (RowReader.Batch batch = reader.read(null, bound, 1000)) {
                while (batch.next()) {
                    positions.add(batch.position());
                }
                assertThat(batch.position()).isEqualTo(bound).isEqualTo(positions.get(ROWS - 1)).isPrintable();
            }
        }
        try (SourceConnections others = new SourceConnections();
                RowReader reader = new JdbcRowSource(others).open(Selections.of(source(), ITEMS, key, "id"))) {
            for (int i = 0; i < ROWS; i += 5) {
                assertThat(Selections.readFrom(reader, positions.get(i), bound, 1000))
                        .isEqualTo(expected.subList(i + 1, ROWS));
            }
        }
    }

    @Test
    void doesNotSeeWhatArrivesBehindItOrBeyondTheBound() throws Exception {
        run("delete from items where id in (5, 30)");
        RowSelection selection = Selections.of(source(), ITEMS, "id", "id");
        try (RowReader reader = rows.open(selection)) {
            String bound = last(reader);
            String position;
            try (RowReader.Batch batch = reader.read(null, bound, 10)) {
                while (batch.next()) {}
                position = batch.position();
            }
            run(
                    "insert into items values (5, 0, 'behind', null)",
                    "insert into items values (30, 0, 'ahead', null)",
                    "insert into items values (1000, 0, 'beyond', null)");
            assertThat(Selections.readFrom(reader, position, bound, 7))
                    .startsWith(List.of(11L))
                    .contains(List.of(30L))
                    .endsWith(List.of(60L))
                    .hasSize(50);
            assertThat(reader.count(bound)).hasValue(ROWS);
        }
    }

    @Test
    void boundsADescendingKeyAtItsLowestValue() throws Exception {
        RowSelection selection = Selections.of(source(), ITEMS, "grp desc, id", "id");
        try (RowReader reader = rows.open(selection)) {
            String bound = last(reader);
            run("insert into items values (-1, 0, 'between', null)", "insert into items values (-2, -1, 'beyond', null)");
            assertThat(Selections.readFrom(reader, null, bound, 7))
                    .startsWith(List.of(60L))
                    .endsWith(List.of(9L))
                    .contains(List.of(-1L))
                    .hasSize(ROWS + 1);
            assertThat(reader.count(bound)).hasValue(ROWS + 1);
        }
    }

    @Test
    void hasNoPositionWhereThereIsNoRow() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS + " where id > 100", "id", "id"))) {
            assertThat(reader.lastPosition()).isNull();
        }
    }

    @Test
    void givesAnEmptyLastBatchWhenTheRowsAheadAreGone() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            String bound = last(reader);
            String position;
            try (RowReader.Batch batch = reader.read(null, bound, 10)) {
                while (batch.next()) {}
                assertThat(batch.isLast()).isFalse();
                position = batch.position();
            }
            run("delete from items where id >= 10");
            try (RowReader.Batch batch = reader.read(position, bound, 10)) {
                assertThat(batch.next()).isFalse();
                assertThat(batch.isLast()).isTrue();
                assertThat(batch.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 1000})
    void refusesEqualKeysAlsoOnTheBatchBorder(int batchRows) throws Exception {
        String query = ITEMS + " union all select * from items where id = 3";
        try (RowReader reader = rows.open(Selections.of(source(), query, "grp, id", "name"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, batchRows));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail()).isEqualTo("Two rows of file readings have the same key (grp, id).");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "note desc", "grp, note", "grp, note desc", "grp desc, note, id"})
    void refusesANullInAKeyWhereverItSorts(String key) throws Exception {
        run("update items set note = name", "update items set note = null where id = 35");
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, key, "name"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, 7));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail()).startsWith("A row of file readings has a null in its key (").contains("note");
        }
    }

    @Test
    void takesQueriesWithASemicolonACommentOrAnOrderOfTheirOwn() throws Exception {
        for (String end : List.of(";", " -- all of them", "; -- all of them", " order by name", " /* : */ ;\n")) {
            try (RowReader reader = rows.open(Selections.of(source(), ITEMS + end, "id", "id"))) {
                assertThat(Selections.readAll(reader, 50)).as(end).hasSize(ROWS).startsWith(List.of(0L));
            }
        }
    }

    @Test
    void bindsParametersAndNeverWritesThemIntoSql() throws Exception {
        run("update items set note = '''; drop table items; --' where id = 7");
        String query = ITEMS
                + " where note = :note and id in (:ids) and (:none is null or id < :none) and id >= :low and (:yes or id = 0)"
                + " and note <> ':note'";
        Map<String, @Nullable Object> values = new HashMap<>(Map.of(
                "note", "'; drop table items; --", "ids", List.of(6L, 7L, 8L), "low", new BigDecimal("6.5"), "yes", true));
        values.put("none", null);
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "id", values))) {
            assertThat(Selections.readAll(reader, 2)).isEqualTo(List.of(List.of(7L)));
        }
        values.put("none", 7L);
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "id", values))) {
            assertThat(Selections.readAll(reader, 2)).isEmpty();
        }
        assertThat(inOrder(ITEMS, "id", "id")).hasSize(ROWS);
    }

    @Test
    void takesTextInAKeyForNothingButText() throws Exception {
        run("update items set note = ''' or 1=1 -- \"\\:x?%_' || name || id");
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "note", "note"))) {
            assertThat(Selections.readAll(reader, 3)).hasSize(ROWS).isEqualTo(inOrder(ITEMS, "note", "note"));
        }
    }

    @Test
    void quotesNamesOfColumns() throws Exception {
        String query = "select id as \"order by; \"\"x\"\"\", name as \"Größe ?\" from items";
        try (RowReader reader = rows.open(Selections.of(source(), query, "order by; \"x\"", "Größe ?"))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(inOrder(ITEMS, "id", "name"));
        }
    }

    @Test
    void refusesPositionsThatItDidNotMakeOrOfAnotherKey() throws Exception {
        try (RowReader byId = rows.open(Selections.of(source(), ITEMS, "id", "id"));
                RowReader byName = rows.open(Selections.of(source(), ITEMS, "id desc", "id"))) {
            String bound = last(byId);
            for (String wrong : List.of("", "7", "[]", "{}", bound + "x", bound.replaceAll("\"[a-z]:", "\"x:"), "{\"key\":[\"id\"],\"at\":[]}")) {
                SourceException refused = refused(() -> byId.read(wrong, bound, 1));
                assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            }
            assertThat(refused(() -> byName.read(null, bound, 1)).detail())
                    .isEqualTo("The key of file readings is not the one that the export began with.");
        }
    }

    @Test
    void tellsWhetherTheSubjectIsThere() throws Exception {
        assertThat(rows.subjectExists(dataset("select 1 from items where name = :name;"), name("n0é'\"\\"))).isTrue();
        assertThat(rows.subjectExists(dataset("select id, id from items where name = :name"), name("x' or '1'='1")))
                .isFalse();
        assertThat(rows.subjectExists(dataset(null), name("x"))).isTrue();
        SourceException refused = refused(() -> rows.subjectExists(dataset("select 1 from nowhere"), name("x")));
        assertThat(refused.kind()).isEqualTo(Kind.QUERY);
        assertThat(refused.detail()).isEqualTo("The source database refused the subject of plant-items.");
    }

    @Test
    void tellsTheOwnerNothingOfARefusedQuery() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select id, nope from items", "id", "id"))) {
            SourceException refused = refused(reader::lastPosition);
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail()).isEqualTo("The source database refused the query of file readings.");
            assertThat(refused.getMessage()).contains("nope");
        }
    }

    @Test
    void cancelStopsARunningQueryAndItsCount() throws Exception {
        RowSelection selection = Selections.of(source(), endless(), "n", "n");
        String bound;
        try (RowReader reader = rows.open(Selections.of(source(), "select id as n from items", "n", "n"))) {
            bound = last(reader);
        }
        try (RowReader reader = rows.open(selection)) {
            CompletableFuture<OptionalLong> counted = supply(() -> reader.count(bound));
            cancelOnceItRuns(reader);
            assertThat(counted.get(20, TimeUnit.SECONDS)).isEmpty();
        }
        try (RowReader reader = rows.open(selection)) {
            CompletableFuture<Throwable> failure = supply(() -> refused(reader::lastPosition));
            cancelOnceItRuns(reader);
            assertThat(failure.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
            assertThat(refused(() -> reader.read(null, bound, 1)).kind()).isEqualTo(Kind.CANCELLED);
        }
        try (RowReader next = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            assertThat(Selections.readAll(next, 1000)).hasSize(ROWS);
        }
    }

    private static void cancelOnceItRuns(RowReader reader) {
        await().until(() -> ((JdbcRowReader) reader).isRunning());
        reader.cancel();
    }

    @Test
    void cancelStopsABatchBetweenItsRows() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            try (RowReader.Batch batch = reader.read(null, last(reader), 1000)) {
                assertThat(batch.next()).isTrue();
                reader.cancel();
                reader.cancel();
                assertThat(refused(batch::next).kind()).isEqualTo(Kind.CANCELLED);
            }
        }
    }

    @Test
    void neverWrites() throws Exception {
        try (LentConnection connection = connections.lend(source());
                Statement statement = connection.connection().createStatement()) {
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("insert into items values (100, 0, 'x', null)"));
            assertThat(refused.getMessage()).containsIgnoringCase("read").containsIgnoringCase("only");
        }
        assertThat(inOrder(ITEMS, "id", "id")).hasSize(ROWS);
    }

    @Test
    void keepsConnectionsForTheNextReader() throws Exception {
        Connection first;
        try (LentConnection connection = connections.lend(source())) {
            first = connection.connection();
        }
        try (LentConnection connection = connections.lend(source());
                LentConnection other = connections.lend(source())) {
            assertThat(connection.connection()).isSameAs(first);
            assertThat(other.connection()).isNotSameAs(first);
        }
        connections.close();
        assertThat(first.isClosed()).isTrue();
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    static <T> CompletableFuture<T> supply(Work<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    static SourceException refused(Work<?> work) {
        SourceException refused = catchThrowableOfType(SourceException.class, work::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    static String last(RowReader reader) throws SourceException {
        String last = reader.lastPosition();
        assertThat(last).isNotNull();
        return String.valueOf(last);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** What the database itself says. */
    List<List<@Nullable Object>> inOrder(String query, String key, String columns) throws SQLException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select " + columns + " from (" + query + ") x order by " + key)) {
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object value = found.getObject(i);
                    row.add(value instanceof Integer integer ? Long.valueOf(integer) : value);
                }
                all.add(row);
            }
        }
        return all;
    }

    private Dataset dataset(@Nullable String subject) {
        return new Dataset(
                "plant-items",
                "Items",
                null,
                source(),
                List.of(Format.CSV),
                List.of(),
                subject == null ? null : new Subject(subject, "No such item"),
                true,
                List.of(Selections.of(source(), ITEMS, "id", "id").file()));
    }

    private static BoundParameters name(String name) {
        return new BoundParameters(Map.of(), Map.of("name", name));
    }
}
