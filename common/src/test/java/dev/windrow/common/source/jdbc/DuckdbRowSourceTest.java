package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckdbRowSourceTest extends RowSourceContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new DuckdbDatabase(folder.resolve("plant.duckdb"));
    }

    /** Nobody could write to it as long as one is open. */
    @Override
    @Test
    void keepsConnectionsForTheNextReader() throws Exception {
        Connection first;
        try (LentConnection connection = connections.lend(source())) {
            first = connection.connection();
        }
        assertThat(first.isClosed()).isTrue();
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            String bound = last(reader);
            run("insert into items values (100, 0, 'x', null)");
            Selections.positionAfter(reader, bound, 10);
            run("insert into items values (101, 0, 'x', null)");
        }
    }

    @Test
    void takesNamesInEitherCaseForOne() throws Exception {
        JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
        assertThat(inspector.areOneName(source(), "id", "ID")).isTrue();
        assertThat(inspector.areOneName(source(), "id", "di")).isFalse();
    }

    /** Its words are those of PostgreSQL. */
    @Test
    void knowsWhatIsNoParameterInItsOwnTextsAndComments() throws Exception {
        String query = "select id, $$it's :a$$ as x, e'\\':b' as y, {'k': 1}::json as z /* /* */ :c */ from items"
                + " where id < :low::integer";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "x, y, z", Map.of("low", 2L)))) {
            assertThat(Selections.readAll(reader, 1))
                    .isEqualTo(Collections.nCopies(2, List.of("it's :a", "':b", new RecordedRows.Json("{\"k\":1}"))));
        }
    }

    @Test
    void makesNoDatabaseOfAMistakenName() {
        Source mistaken = new Source("plant", "jdbc:duckdb:" + folder.resolve("plnat.duckdb"), null, null);
        assertThat(refused(() -> connections.lend(mistaken)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(folder.resolve("plnat.duckdb")).doesNotExist();
    }

    @Test
    void readsNoOtherFileThoughAViewWould() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "geheim");
        run("create view secrets as select content, 1 as id from read_text('" + secret + "')");
        try (RowReader reader = rows.open(Selections.of(source(), "select * from secrets", "id", "content"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, 7));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.getMessage()).contains("disabled by configuration");
        }
    }

    /** Its driver takes no limit, and two columns may have one name. */
    @ParameterizedTest
    @ValueSource(strings = {"select name, name from items; -- all", "select id, grp from items"})
    void givesNoMoreChoicesThanWereAskedFor(String choices) throws Exception {
        Parameter name = new Parameter(
                "name",
                new Parameter.Kind(ParameterType.STRING, false, null),
                false,
                null,
                new Parameter.Words(null, null, null, choices),
                Parameter.Limits.NONE);
        assertThat(rows.choices(dataset(source(), null), name, name("x"), 7, Duration.ofSeconds(30)))
                .hasSize(7);
    }

    /** Whatever the catalog says: it keeps a leg's rows in memory. */
    @Test
    void hasLegsOfTenThousandRowsAtMostWhereAColumnMayBeLong() throws Exception {
        run("create table many as select range as id, 'x' as text from range(10050)");
        RowSelection usual = Selections.of(source(), "select * from many", "id", "text");
        DatasetFile file =
                new DatasetFile("readings", "select * from many", Selections.key("id"), usual.columns(), 5_000);
        try (RowReader reader = rows.open(new RowSelection(source(), file, usual.columns(), usual.parameters()))) {
            try (RowReader.Leg leg = reader.read(null, last(reader))) {
                int given = 0;
                while (leg.next()) {
                    given++;
                }
                assertThat(given).isEqualTo(10_000);
                assertThat(leg.isLast()).isFalse();
            }
        }
    }
}
