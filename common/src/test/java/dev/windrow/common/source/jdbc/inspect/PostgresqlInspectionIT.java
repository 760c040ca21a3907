package dev.windrow.common.source.jdbc.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.jdbc.PostgresqlServer;
import dev.windrow.common.source.jdbc.Selections;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL lets the catalog's check tell of a key. Each case is the key, then the query. */
@Tag("slow")
class PostgresqlInspectionIT {
    private static final PostgresqlServer SERVER = PostgresqlServer.STARTED;
    private static final List<Parameter> PARAMETERS = Stream.of("s", "t", "a", "from")
            .map(name -> Questions.parameter(name, name.equals("from") ? ParameterType.INTEGER : ParameterType.STRING))
            .toList();

    private final SourceConnections connections = new SourceConnections();
    private final JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
    private final Questions questions = new Questions(inspector, PARAMETERS);

    @BeforeEach
    void makeTables() throws SQLException {
        SERVER.execute(
                "drop schema if exists plan cascade",
                "drop schema if exists aside cascade",
                "create schema plan",
                "create table plan.accounts(aid int primary key, balance int, name text not null)",
                "create table plan.readings(sensor text, ts bigint, v float8, primary key(sensor, ts))",
                "create table plan.posts(uri text unique, author text not null, likes int, at timestamptz, live bool)",
                "create unique index on plan.posts(at) where live",
                "create unique index on plan.posts(lower(author))",
                "create index on plan.posts(author, uri)",
                "create table plan.later(id int, n int, constraint later_id unique(id) deferrable initially deferred)",
                "create table plan.heap(a int, b int, j json, p point)",
                "create view plan.rich as select * from plan.accounts where balance > 5",
                "create table plan.parts(id int, day date, primary key(id, day)) partition by range (day)",
                "create table plan.parts1 partition of plan.parts for values from ('2024-01-01') to ('2025-01-01')",
                "create table plan.parts2 partition of plan.parts for values from ('2025-01-01') to ('2026-01-01')");
    }

    @AfterEach
    void close() throws SQLException {
        connections.close();
        SERVER.execute("drop schema plan cascade");
    }

    private static void fill() throws SQLException {
        SERVER.execute(
                "insert into plan.accounts select i, i % 9, 'n' || i from generate_series(1, 20000) i",
                "insert into plan.readings select 's', i, 1 from generate_series(1, 20000) i",
                "insert into plan.heap select i, i from generate_series(1, 20000) i",
                "insert into plan.posts select 'u' || i, 'me' || i, i from generate_series(1, 20000) i",
                "analyze");
    }

    private Uniqueness uniqueness(String keyAndQuery) throws InspectionException {
        return questions.uniqueness(SERVER.source(), keyAndQuery);
    }

    private List<String> remarks(String key, String query) throws InspectionException {
        return questions.remarks(SERVER.source(), key, query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aid: select * from plan.accounts",
                "id: select aid as id, name from plan.rich where name <> :a; -- end",
                "balance, aid: select * from plan.accounts",
                "ts: select * from plan.readings where sensor = :s and ts >= :from",
                "sensor, ts: select * from plan.readings",
                "uri: select * from plan.posts",
                "l: select lower(author) as l from plan.posts",
                "author: select author, count(*) from plan.posts group by author",
                "author: select distinct author from plan.posts",
                "id, day: select * from plan.parts",
                "aid: select a.aid, p.likes from plan.accounts a left join plan.posts p on p.uri = a.name"
            })
    void seesThatTheServerProvesTheKeyUnique(String keyAndQuery) throws Exception {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.UNIQUE);
        fill();
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.UNIQUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "balance: select * from plan.accounts",
                "at: select at from plan.posts",
                "ts: select * from plan.readings",
                "a: select * from plan.heap where b = 1 and a > :from"
            })
    void seesThatNoUniqueIndexBacksTheKey(String keyAndQuery) throws InspectionException {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.NOT_UNIQUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: select * from plan.later",
                "at: select at from plan.posts where live",
                "ts: select * from plan.readings where (:s is null or sensor = :s)",
                "ts: select * from plan.readings where sensor in (:s, :t)",
                "aid: select aid from plan.accounts union all select aid from plan.accounts",
                "aid: select aid from plan.accounts, plan.heap",
                "g: select g from generate_series(1, 3) g",
                "g: select generate_series(1, 3) as g",
                "aid: select aid from plan.accounts where name like 'what?%'",
                "id: select id from plan.parts"
            })
    void claimsNothingThatItCanNotProve(String keyAndQuery) throws InspectionException {
        assertThat(uniqueness(keyAndQuery)).isEqualTo(Uniqueness.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aid        | select * from plan.accounts
            sensor, ts | select * from plan.readings
            ts         | select * from plan.readings where sensor = :s and ts >= :from
            sensor desc, ts desc | select * from plan.readings
            uri        | select uri, likes from plan.posts where author = :a and uri is not null
            """)
    void tellsThatAnIndexCanBeEnteredAtThePosition(String key, String query) throws Exception {
        assertThat(remarks(key, query)).containsExactly("note: can enter an index at the position");
        fill();
        assertThat(remarks(key, query)).containsExactly("note: can enter an index at the position");
    }

    @Test
    void tellsThatAllRowsAreSorted() throws Exception {
        String sorts = "sorts all rows at each of its entries";
        String fix =
                "; an index on accounts (name), before these the columns that the query holds to one value, would spare that";
        assertThat(remarks("name", "select * from plan.accounts")).containsExactly("note: " + sorts + fix);
        fill();
        assertThat(remarks("name", "select * from plan.accounts"))
                .containsExactly("warning: " + sorts + ": about one entry per export" + fix);
    }

    @Test
    void tellsNoIndexWhereNoneWouldHelp() throws Exception {
        fill();
        assertThat(remarks("aid", "select aid, random() as r from plan.accounts"))
                .noneMatch(remark -> remark.contains("index on"));
        assertThat(remarks("k", "select lower(name) as k from plan.accounts"))
                .noneMatch(remark -> remark.contains("index on"));
    }

    @Test
    void tellsThatRowsAreGroupedAnewAtEachEntry() throws Exception {
        fill();
        assertThat(remarks("n", "select name as k, count(*) as n from plan.accounts group by name"))
                .containsExactly(
                        "warning: groups, ranks or gathers all rows at each of its entries: about one entry per export");
    }

    @Test
    void takesAListOfValuesForSeveral() throws Exception {
        List<Parameter> ids = List.of(Questions.list("ids"));
        String query = "select ts, sensor from plan.readings where (:ids is null or sensor in (:ids))";
        assertThat(inspector.uniqueness(SERVER.source(), query, ids, Selections.key("ts")))
                .isEqualTo(Uniqueness.UNKNOWN);
        assertThat(inspector.uniqueness(SERVER.source(), query, ids, Selections.key("ts, sensor")))
                .isEqualTo(Uniqueness.UNIQUE);
    }

    @Test
    void tellsNothingOfAPlanThatItDoesNotKnow() throws InspectionException {
        assertThat(remarks("g", "select g from generate_series(1, 3) g")).isEmpty();
    }

    @Test
    void tellsThatAKeyMayBeNullUnlessTheQueryKeepsNullsOut() throws InspectionException {
        String told = "warning: the key's likes may be null, as its column is not declared not null;"
                + " a row without it would fail an export";
        assertThat(remarks("likes", "select likes from plan.posts")).contains(told);
        assertThat(remarks("likes", "select likes from plan.posts where likes is not null"))
                .doesNotContain(told);
        assertThat(remarks("likes", "select likes from plan.posts where likes > :from"))
                .doesNotContain(told);
        assertThat(remarks("likes", "select coalesce(likes, 0) as likes from plan.posts"))
                .doesNotContain(told);
    }

    private void refused(String key, String query, String words) {
        assertThatThrownBy(() -> inspector.prepareReading(SERVER.source(), query, PARAMETERS, Selections.key(key)))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesAKeyWithoutAnOrder() throws InspectionException {
        String rest = ", whose values the source can't put in order and compare: ERROR:";
        refused("j", "select j from plan.heap", "the key's j is of type json" + rest);
        refused("a, p", "select a, p from plan.heap", "the key's p is of type point" + rest);
        assertThatThrownBy(() -> inspector.prepareReading(
                        SERVER.source(), "select row(a, b) as r from plan.heap", List.of(), Selections.key("r")))
                .hasMessageContaining("the key's r is a record without a type of its own");
        refused("x", "select xmin as x from plan.heap", "the key's x is of type xid" + rest);
        inspector.prepareReading(
                SERVER.source(),
                "select *, array[a] as r, row_number() over () as n from plan.heap where b = :from",
                PARAMETERS,
                Selections.key("a desc, b, r, n desc"));
    }

    @Test
    void refusesAKeyThatIsComparedInAnotherWayThanItIsOrdered() throws Exception {
        SERVER.execute(
                "create schema aside",
                "create type aside.folded",
                "create function aside.folded_in(cstring) returns aside.folded language internal immutable strict as 'textin'",
                "create function aside.folded_out(aside.folded) returns cstring language internal immutable strict as 'textout'",
                "create type aside.folded (input = aside.folded_in, output = aside.folded_out, like = text, collatable = true)",
                "create cast (aside.folded as text) without function as implicit",
                comparison("lt", "text_lt"),
                comparison("le", "text_le"),
                comparison("eq", "texteq"),
                comparison("ge", "text_ge"),
                comparison("gt", "text_gt"),
                "create function aside.cmp(aside.folded, aside.folded) returns int language internal immutable strict as 'bttextcmp'",
                "create operator aside.< (function = aside.lt, leftarg = aside.folded, rightarg = aside.folded)",
                "create operator aside.<= (function = aside.le, leftarg = aside.folded, rightarg = aside.folded)",
                "create operator aside.= (function = aside.eq, leftarg = aside.folded, rightarg = aside.folded)",
                "create operator aside.>= (function = aside.ge, leftarg = aside.folded, rightarg = aside.folded)",
                "create operator aside.> (function = aside.gt, leftarg = aside.folded, rightarg = aside.folded)",
                "create operator class aside.folded_ops default for type aside.folded using btree as operator 1 aside.<,"
                        + " operator 2 aside.<=, operator 3 aside.=, operator 4 aside.>=, operator 5 aside.>,"
                        + " function 1 aside.cmp(aside.folded, aside.folded)",
                "create table plan.words(k aside.folded not null)");
        refused(
                "k",
                "select k from plan.words",
                "whose comparisons are in the schema aside and not on the search_path, so that its values would be compared"
                        + " in another way than they are put in order; add aside to the search_path of the source's user");
        SERVER.execute("drop schema aside cascade");
    }

    private static String comparison(String name, String internal) {
        return "create function aside." + name
                + "(aside.folded, aside.folded) returns bool language internal immutable strict as '" + internal + "'";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n      | select row_number() over (order by name) as n, aid from plan.accounts | n
            b, n   | select balance as b, rank() over w as n from plan.accounts where aid > :from window w as (order by aid) | n
            n      | select n from plan.ranked | n
            n      | select n from plan.more | n
            n      | select n from plan.kept | n
            n      | select n from plan.numbered(3) | n
            n      | select lower(name) as n from plan.accounts |
            aid    | select aid, row_number() over (order by name) as n from plan.accounts |
            aid    | select balance as aid from plan.accounts where :s is null |
            """)
    void tellsThatAWindowFunctionMakesTheKey(String key, String query, @Nullable String made) throws Exception {
        SERVER.execute(
                "create view plan.ranked as select aid, row_number() over (order by name) as n from plan.accounts",
                "create view plan.more as select n, aid from plan.ranked",
                "create materialized view plan.kept as select aid, n from plan.ranked",
                "create function plan.numbered(int) returns table(n bigint) language sql as"
                        + " 'select row_number() over (order by aid) as n from plan.accounts'");
        assertThat(inspector.movingKeys(SERVER.source(), query, PARAMETERS, Selections.key(key)))
                .isEqualTo(made == null ? List.of() : List.of(made));
    }

    @Test
    void leavesNothingOnItsConnection() throws Exception {
        uniqueness("aid: select * from plan.accounts");
        remarks("aid", "select * from plan.accounts");
        try (LentConnection connection = connections.lend(SERVER.source())) {
            for (String left : List.of(
                    "select 1 from pg_prepared_statements where name like 'windrow%'",
                    "select 1 from pg_settings where name = 'enable_sort' and setting = 'off'")) {
                try (var statement = connection.prepare(left, 1);
                        var rows = statement.executeQuery()) {
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }
}
