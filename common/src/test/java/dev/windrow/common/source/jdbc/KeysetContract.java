package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row once, in the order of the key, and from any position on. */
abstract class KeysetContract extends DatabaseContract {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
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
    void givesEachRowOnceAndInOrderHoweverLongTheLegs(String key) throws Exception {
        List<List<@Nullable Object>> expected = inOrder(ITEMS, key, "id, name");
        assertThat(expected).hasSize(ROWS);
        for (int legRows : new int[] {1, 2, 3, 7, ROWS - 1, ROWS, ROWS + 1, 1000}) {
            try (RowReader reader = rows.open(Selections.of(source(), ITEMS, key, "id, name"))) {
                assertThat(Selections.readAll(reader, legRows))
                        .as("legs of %s", legRows)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "grp desc, id", "name, id", "name desc, id desc"})
    void goesOnAfterAnyPositionInANewReader(String key) throws Exception {
        List<List<@Nullable Object>> expected = inOrder(ITEMS, key, "id");
        List<String> positions = new ArrayList<>();
        String bound;
        // One leg must do, also where a busy machine takes more than 50 ms.
        try (SourceConnections patient = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE);
                RowReader reader = new JdbcRowSource(patient).open(Selections.of(source(), ITEMS, key, "id"))) {
            bound = last(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                while (leg.next()) {
                    positions.add(leg.position());
                }
                assertThat(leg.position())
                        .isEqualTo(bound)
                        .isEqualTo(positions.get(ROWS - 1))
                        .isPrintable();
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
            String position = Selections.positionAfter(reader, bound, 10);
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
            run(
                    "insert into items values (-1, 0, 'between', null)",
                    "insert into items values (-2, -1, 'beyond', null)");
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
    void givesAnEmptyLastLegWhenTheRowsAheadAreGone() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 10);
            run("delete from items where id >= 10");
            try (RowReader.Leg leg = reader.read(position, bound)) {
                assertThat(leg.next()).isFalse();
                assertThat(leg.isLast()).isTrue();
                assertThat(leg.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 1000})
    void refusesEqualKeysAlsoWhereALegBegins(int legRows) throws Exception {
        String query = ITEMS + " union all select * from items where id = 3";
        try (RowReader reader = rows.open(Selections.of(source(), query, "grp, id", "name"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, legRows));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail()).isEqualTo("Two rows of file readings have the same key (grp, id).");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "note desc", "grp, note", "grp, note desc", "grp desc, note, id"})
    void refusesANullInAKeyWhereverItSorts(String key) throws Exception {
        run("update items set note = name || id", "update items set note = null where id = 35");
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, key, "name"))) {
            SourceException refused = refused(() -> Selections.readAll(reader, 7));
            assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            assertThat(refused.detail())
                    .startsWith("A row of file readings has a null in its key (")
                    .contains("note");
        }
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
        String query = "select id as " + database().quoted("order by; \"x\"") + ", name as "
                + database().quoted("Größe ?") + " from items";
        try (RowReader reader = rows.open(Selections.of(source(), query, "order by; \"x\"", "Größe ?"))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(inOrder(ITEMS, "id", "name"));
        }
    }

    @Test
    void refusesPositionsThatItDidNotMakeOrOfAnotherKey() throws Exception {
        try (RowReader byId = rows.open(Selections.of(source(), ITEMS, "id", "id"));
                RowReader byName = rows.open(Selections.of(source(), ITEMS, "id desc", "id"))) {
            String bound = last(byId);
            for (String wrong : List.of(
                    "",
                    "7",
                    "[]",
                    "{}",
                    bound + "x",
                    bound.replaceAll("\"[a-z]:", "\"x:"),
                    "{\"key\":[\"id\"],\"at\":[]}")) {
                SourceException refused = refused(() -> byId.read(wrong, bound));
                assertThat(refused.kind()).isEqualTo(Kind.QUERY);
            }
            assertThat(refused(() -> byName.read(null, bound)).detail())
                    .isEqualTo("The key of file readings is not the one that the export began with.");
        }
    }
}
