package dev.windrow.common.source.jdbc.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.jdbc.Selections;
import dev.windrow.common.source.jdbc.SqliteSource;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a SQLite file lets the catalog's check tell of a key. Each case is the key, then the query. */
class SqliteInspectionTest {
    private static final List<Parameter> PARAMETERS = Stream.of("s", "t", "a", "b", "from", "to")
            .map(name -> Questions.parameter(name, ParameterType.STRING))
            .toList();

    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections();
    private final JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
    private final Questions questions = new Questions(inspector, PARAMETERS);
    private SqliteSource file;
    private Source source;

    @BeforeEach
    void makeTables() throws SQLException {
        file = new SqliteSource(folder.resolve("plant.db"))
                .run(
                        "create table kinds(id integer primary key, a int, b text not null, c text)",
                        "create table readings(sensor text, ts integer, v real, primary key(sensor, ts))",
                        "create table beats(sensor text, ts integer, v real, primary key(sensor, ts)) without rowid",
                        "create table posts(uri text primary key, author text not null, created text, likes int)",
                        "create index posts_created on posts(created)",
                        "create index posts_author on posts(author)",
                        "create view recent as select * from posts where likes > 5");
        source = file.source();
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private void fill() throws SQLException {
        String n = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000) ";
        file.run(
                n + "insert into kinds select i, i % 7, 'b' || i, 'c' || i from n",
                n + "insert into beats select 's', i, 1.0 from n",
                n + "insert into readings select 's', i, 1.0 from n",
                n + "insert into posts select 'u' || i, 'me', 'd' || i, 1 from n");
    }

    private Uniqueness uniqueness(String keyAndQuery) throws InspectionException {
        return questions.uniqueness(source, keyAndQuery);
    }

    private List<String> remarks(String key, String query) throws InspectionException {
        return questions.remarks(source, key, query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts: select ts, v from readings where sensor = :s and ts >= :from",
                "ts, sensor: select * from readings",
                "at: select ts as at from (select * from readings where sensor = :s) where at < :to; -- end",
                "created, uri: select * from posts",
                "uri: select * from recent",
                "id: select id from kinds where a in (1, 2) or b = :b",
                "uri, id: select uri, id from posts join kinds on kinds.id = posts.likes"
            })
    void seesThatAUniqueIndexBacksTheKey(String keyAndQuery) throws InspectionException {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.UNIQUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts: select ts from readings",
                "ts: select ts from readings where (:s is null or sensor = :s)",
                "created: select * from posts",
                "uri: select lower(uri) as uri from posts",
                "uri: select created as uri from posts",
                "id: select a as id from kinds",
                "likes: select * from posts where author = :a"
            })
    void seesThatNoUniqueIndexBacksTheKey(String keyAndQuery) throws InspectionException {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.NOT_UNIQUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri: select uri from posts union all select uri from posts",
                "uri: select uri from posts, kinds",
                "author: select author, count(*) from posts group by author",
                "author: select distinct author from posts",
                "likes: select max(likes) as likes from posts",
                "v: select value as v from json_each('[1, 2]')"
            })
    void claimsNothingOfRowsThatAreNotOneTables(String keyAndQuery) throws InspectionException {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.UNKNOWN);
    }

    @Test
    void takesAListOfValuesForSeveral() throws InspectionException {
        String query = "select ts from readings where sensor in (:ids)";
        assertThat(inspector.uniqueness(source, query, List.of(Questions.list("ids")), Selections.key("ts")))
                .isNotEqualTo(Uniqueness.UNIQUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id        | select * from kinds
            sensor, ts | select * from beats
            ts        | select * from beats where sensor = :s
            id        | select * from kinds where a = :a
            """)
    void tellsThatAnIndexIsEnteredAtThePosition(String key, String query) throws Exception {
        fill();
        assertThat(remarks(key, query)).containsExactly("note: enters an index at the position");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            b | select * from kinds | an index on kinds (b)
            likes, uri | select * from posts where author = :a | an index on posts (likes, uri)
            b desc, id | select * from kinds where a = :a | an index on kinds (b desc, id)
            """)
    void tellsThatAllRowsAreSortedAndTheIndexThatWouldSpareIt(String key, String query, String index) throws Exception {
        fill();
        file.run("analyze");
        assertThat(remarks(key, query))
                .contains("warning: sorts all rows at each of its entries: about one entry per export; " + index
                        + " would spare that");
        file.run(index.replaceFirst("an index on (\\w+)", "create index fixed on $1"));
        assertThat(remarks(key, query)).contains("note: enters an index at the position");
    }

    @Test
    void doesNotAlarmOverASmallTable() throws InspectionException {
        assertThat(remarks("b", "select * from kinds"))
                .containsExactly("note: sorts all rows at each of its entries; an index on kinds (b) would spare that");
    }

    @Test
    void doesNotAlarmOverAFewRowsOfALargeTable() throws Exception {
        fill();
        file.run("update posts set author = 'a' || likes || uri");
        assertThat(remarks("uri", "select uri, author from posts where author = :a"))
                .contains("note: sorts all rows at each of its entries;"
                        + " an index on posts (author, uri) would spare that");
        file.run("create index posts_mended on posts(author, uri)");
        assertThat(remarks("uri", "select uri, author from posts where author = :a"))
                .contains("note: enters an index at the position");
    }

    @Test
    void doesNotAlarmOverAQueryThatEndsAfterAFewRows() throws Exception {
        fill();
        assertThat(remarks("id", "select id from kinds order by id limit 10"))
                .containsExactly("note: walks over all rows before the position at each of its entries");
    }

    @Test
    void alarmsOverManyRowsOfOneValue() throws Exception {
        fill();
        assertThat(remarks("uri", "select uri, author from posts where author = :a"))
                .contains("warning: sorts all rows at each of its entries;"
                        + " an index on posts (author, uri) would spare that");
    }

    /** Without the hint that few rows are beyond the position; behind an equality it has no effect. */
    @Test
    void tellsThatTheQuerysOwnBoundIsTakenAndHowItMayBeWritten() throws Exception {
        fill();
        SampledQuery query =
                SampledQuery.of("select * from beats where sensor = :s and ts >= :from", PARAMETERS, Dialect.SQLITE);
        try (LentConnection connection = connections.lend(source)) {
            KeyStatements statements = new KeyStatements(connection, query.bound(), Selections.key("ts"));
            assertThat(new SqliteFixes(statements, query, new SqliteTables(connection.connection())).otherBound())
                    .isEqualTo("written as (:from is null or ts >= :from) it would be entered there");
        }
    }

    @Test
    void tellsThatAPartOfTheKeyHasOneValue() throws Exception {
        fill();
        file.run("analyze");
        assertThat(remarks("sensor, ts", "select * from beats where sensor = :s"))
                .containsExactly("warning: walks over all rows before the position at each of its entries:"
                        + " about one entry per export; the query's sensor has one value, so leave it out of the key");
    }

    @Test
    void tellsThatTheQueryIsGroupedAnewAtEachEntry() throws Exception {
        fill();
        assertThat(remarks("n", "select b, count(*) as n from kinds group by b"))
                .containsExactly("warning: groups, ranks or gathers all rows at each of its entries");
        assertThat(remarks("id", "select id, row_number() over (order by b) from kinds"))
                .containsExactly("warning: groups, ranks or gathers all rows at each of its entries");
    }

    @Test
    void tellsNothingOfWhatItDoesNotUnderstand() throws InspectionException {
        assertThat(remarks("v", "select value as v from json_each('[1, 2]')")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c   | select c from kinds                   | warning: the key's c
            uri | select uri from posts                 | note: the key's uri
            x   | select created as x from posts        | warning: the key's x
            """)
    void tellsThatAKeyMayBeNull(String key, String query, String told) throws InspectionException {
        assertThat(remarks(key, query))
                .anyMatch(remark -> remark.startsWith(told + " may be null, as its column is not declared not null"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id     | select * from kinds
            b      | select * from kinds
            c      | select b as c from kinds
            c      | select * from kinds where c is not null
            c      | select * from kinds where c > :a
            sensor | select * from beats
            id     | select count(*) as id from kinds group by a
            """)
    void doesNotCallAKeyNullableThatIsNot(String key, String query) throws InspectionException {
        assertThat(remarks(key, query)).noneMatch(remark -> remark.contains("null"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n     | select row_number() over (order by b) as n, id from kinds | n
            a, n  | select a, rank() over (partition by a order by b) as n from kinds where id > :from | n
            n     | select n from ranked | n
            n     | select n from more | n
            n     | select lower(c) as n from kinds |
            id    | select id, row_number() over (order by b) as n from kinds |
            id    | select id from ranked |
            n     | select upper(c) as n, b from (select *, row_number() over (partition by b order by id) as r from kinds) where r = 1 |
            """)
    void tellsThatAWindowFunctionMakesTheKey(String key, String query, @Nullable String made) throws Exception {
        file.run(
                "create view ranked as select id, row_number() over (order by b) as n from kinds",
                "create view more as select id, n from ranked");
        assertThat(inspector.movingKeys(source, query, PARAMETERS, Selections.key(key)))
                .isEqualTo(made == null ? List.of() : List.of(made));
    }

    @Test
    void refusesASnapshotOfAFileWhoseWritersWouldWait() throws Exception {
        assertThat(inspector.refusesSnapshot(source))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("rollback journal")
                        .contains("write consistency: batch, or switch the file to WAL (pragma journal_mode = wal)"));
        file.run("pragma journal_mode = wal");
        assertThat(inspector.refusesSnapshot(source)).isEmpty();
    }
}
