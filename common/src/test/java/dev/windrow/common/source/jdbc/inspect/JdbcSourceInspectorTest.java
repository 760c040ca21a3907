package dev.windrow.common.source.jdbc.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.jdbc.SqliteSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcSourceInspectorTest {
    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections();
    private final JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
    private Source source;

    @BeforeEach
    void makeTables() throws SQLException {
        source = new SqliteSource(folder.resolve("plant.db"))
                .run(
                        """
                        create table kinds(id integer primary key, a int, b varchar(20), c text, d blob, e real, f double,
                          g numeric(8,2), h decimal, i boolean, j date, k datetime, l timestamp, m, n json, o numeric)
                        """,
                        "create table readings(sensor text, timestamp_ms integer, value real, primary key(sensor, timestamp_ms))",
                        "create table posts(uri text primary key, created_at text, likes int)",
                        "create index posts_created on posts(created_at)",
                        "create view recent as select * from posts where likes > 5")
                .source();
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void tellsColumnsByLabelAndDeclaredType() throws InspectionException {
        assertThat(describe("select *, a + 1 as x, cast(b as integer) as y, c as \"C d\" from kinds"))
                .containsExactly(
                        "id integer",
                        "a integer",
                        "b string",
                        "c string",
                        "d bytes",
                        "e number",
                        "f number",
                        "g number",
                        "h number",
                        "i integer",
                        "j any",
                        "k any",
                        "l any",
                        "m any",
                        "n any",
                        "o number",
                        "x any",
                        "y any",
                        "C d string");
    }

    @Test
    void knowsAColumnWithoutATypeUnderAnyNameAndThroughViews() throws Exception {
        new SqliteSource(folder.resolve("plant.db")).run("create view untyped as select m as z, o from kinds");
        assertThat(describe(
                        "select m as a, kinds.o as m, z, untyped.o as \"Z 2\", (select m) as x from kinds, untyped"))
                .containsExactly("a any", "m number", "z any", "Z 2 number", "x any");
    }

    @ParameterizedTest
    @CsvSource({"name, name, true", "name, NAME, true", "é, É, false", "a_1, A_1, true", "a, b, false", "[, {, false"})
    void knowsNoCaseOfNamesInSqliteButThatOfAToZ(String one, String other, boolean same) throws InspectionException {
        assertThat(inspector.areOneName(source, one, other)).isEqualTo(same);
        // What SQLite itself makes of it.
        String query = "select 1 from (select 1 as \"" + one + "\") q where q.\"" + other + "\" = 1";
        if (same) {
            assertThat(describe(query)).hasSize(1);
        } else {
            assertThatThrownBy(() -> describe(query)).hasMessageContaining("no such column");
        }
    }

    @Test
    void tellsTheParametersOfAQuery() throws InspectionException {
        assertThat(inspector.parameters(source, "select :a, ':b', :c, :a /* :d */ from kinds -- :e"))
                .containsExactly("a", "c");
        assertThatThrownBy(() -> inspector.parameters(source, "select 1; select 2"))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining("more than one statement");
    }

    @Test
    void leavesDoubledNamesAsTheSourceHasThem() throws InspectionException {
        assertThat(describe("select a, a, b as a from kinds")).containsExactly("a integer", "a integer", "a string");
    }

    @Test
    void doesNotRunTheQuery() throws InspectionException {
        assertThat(describe(
                        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as m from n"))
                .containsExactly("m any");
    }

    @Test
    void knowsTheParametersAndThePrincipal() throws InspectionException {
        String query = "select a from kinds where a = :a and b = :principal and c in (:ids);";
        Parameter a = Questions.parameter("a", ParameterType.STRING);
        assertThat(inspector.describe(source, query, List.of(a, Questions.list("ids"))))
                .hasSize(1);
        assertThatThrownBy(() -> inspector.describe(source, query, List.of(a)))
                .isInstanceOf(InspectionException.class)
                .hasMessage("the query names :ids, which is no parameter of the dataset");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    select zz from kinds             | no such column: zz
                    select 1 frm kinds              | syntax error
                    select 1; select 2              | more than one statement
                    delete from kinds returning id  | syntax error
                    pragma user_version             | no such table: pragma
                    select a from kinds where a=@x  | another form than :name
                    select a from kinds where a = ? | positional parameter
                    """)
    void tellsWhyAQueryWillNotDo(String query, String reason) {
        assertThatThrownBy(() -> describe(query))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesAFileThatIsNotThereAndDoesNotMakeIt() {
        Path gone = folder.resolve("gone.db");
        assertThatThrownBy(() -> inspector.describe(new SqliteSource(gone).source(), "select 1", List.of()))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining("Unable to open the database file");
        assertThat(gone).doesNotExist();
    }

    @Test
    void tellsNoPasswordOfAUrlThatNoDriverTakes() {
        Source wrong = new Source("wrong", "jdbc:nothing://host/db?password=geheim", null, null);
        assertThatThrownBy(() -> inspector.describe(wrong, "select 1", List.of()))
                .isInstanceOf(InspectionException.class)
                .hasMessageNotContaining("geheim")
                .hasRootCauseMessage("No suitable driver");
    }

    private List<String> describe(String query) throws InspectionException {
        List<Column> columns = inspector.describe(source, query, List.of());
        assertThat(columns).allMatch(column -> !column.declared() && column.title() == null);
        return columns.stream()
                .map(column -> column.name() + " " + column.type().id())
                .toList();
    }
}
