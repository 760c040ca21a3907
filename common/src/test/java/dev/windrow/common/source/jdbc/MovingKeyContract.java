package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that window functions make name other rows when rows come or go before them. */
abstract class MovingKeyContract extends DatabaseContract {
    private static final String NUMBERED = "select row_number() over (order by id) as n, id, grp, name from items";

    private RowReader open(String query, String key, String columns) {
        return rows.open(Selections.of(source(), query, key, columns));
    }

    private static void assertLost(SourceException lost, String key) {
        assertThat(lost.kind()).isEqualTo(Kind.ROWS_LOST);
        assertThat(lost.detail())
                .isEqualTo("Rows of file readings might be missing or doubled: the row at its key (" + key
                        + ") is no longer the one that was read, as it happens to keys that a window function makes when rows"
                        + " come or go before them. The dataset needs consistency: snapshot in the catalog.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n      | select row_number() over (order by id) as n, id from items
            n desc | select row_number() over w as n, id from items window w as (order by id)
            grp, n | select grp, row_number() over (partition by grp order by id) as n, id from items
            m      | select n * 2 + 1 as m, id from (select row_number() over (order by id) as n, id from items) x
            n desc | select n, id from numbered
            n      | select id as n, id from items where id < 5 union all select 100 + row_number() over (order by id), id from items
            """)
    void givesEachRowOnceWhereNothingChanges(String key, String query) throws Exception {
        run("create view numbered as " + NUMBERED);
        for (int legRows : new int[] {1, 7, ROWS, 1000}) {
            try (RowReader reader = open(query, key, "id")) {
                assertThat(last(reader)).contains("\"row\":");
                assertThat(Selections.readAll(reader, legRows)).isEqualTo(inOrder(query, key, "id"));
            }
        }
        run("drop view numbered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n      | insert into items values (-1, 0, 'before', null)
            n desc | insert into items values (-1, 0, 'before', null)
            n      | delete from items where id = 3
            n desc | delete from items where id = 3
            n      | delete from items where id < 55
            n desc | delete from items where id < 55
            """)
    void failsWhereRowsHaveComeOrGoneBeforeThePosition(String key, String change) throws Exception {
        try (RowReader reader = open(NUMBERED, key, "id")) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 10);
            run(change);
            assertLost(refused(() -> Selections.readFrom(reader, position, bound, 7)), "n");
            try (SourceConnections others = new SourceConnections();
                    RowReader resumed = new JdbcRowSource(others).open(Selections.of(source(), NUMBERED, key, "id"))) {
                assertLost(refused(() -> Selections.readFrom(resumed, position, bound, 1000)), "n");
            }
        }
    }

    @Test
    void failsWhereOnlyColumnsThatWereNotChosenTellTheRowsApart() throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "n, grp")) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 3);
            run("delete from items where id = 1");
            assertLost(refused(() -> Selections.readFrom(reader, position, bound, 7)), "n");
        }
    }

    @Test
    void failsAlsoWhereAViewMakesTheKey() throws Exception {
        run("create view numbered as " + NUMBERED, "create view outermost as select * from numbered");
        try (RowReader reader = open("select n, id from outermost", "n", "id")) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 3);
            run("delete from items where id = 1");
            assertLost(refused(() -> Selections.readFrom(reader, position, bound, 7)), "n");
        }
        run("drop view outermost", "drop view numbered");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void failsWhereTheLastRowHasMovedBeyondTheBound(int legRows) throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "id")) {
            String bound = last(reader);
            run("insert into items values (-1, 0, 'before', null)");
            assertLost(refused(() -> Selections.readFrom(reader, null, bound, legRows)), "n");
        }
    }

    @Test
    void goesOnWhereRowsComeOrGoBehindThePositionOnly() throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "id")) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 10);
            run("insert into items values (1000, 0, 'beyond', null)");
            assertThat(Selections.readFrom(reader, position, bound, 7))
                    .hasSize(51)
                    .endsWith(List.of(60L));
            run("delete from items where id > 40");
            assertThat(Selections.readFrom(reader, position, bound, 7))
                    .hasSize(31)
                    .endsWith(List.of(40L));
        }
        try (RowReader reader = open(NUMBERED, "n desc", "id")) {
            String bound = last(reader);
            run("insert into items values (-1, 0, 'before', null)");
            assertThat(Selections.readFrom(reader, null, bound, 1000))
                    .hasSize(42)
                    .endsWith(List.of(-1L));
        }
    }

    @Test
    void writesOnePositionHoweverTheLegEnds() throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "id")) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 10);
            for (boolean paused : new boolean[] {true, false}) {
                try (RowReader.Leg leg = reader.read(null, bound)) {
                    for (int row = 0; row < 10; row++) {
                        assertThat(leg.next()).isTrue();
                    }
                    if (paused) {
                        leg.pause();
                        leg.pause();
                    }
                    CompletableFuture.runAsync(((JdbcRowReader.FittingLeg) leg)::expire)
                            .join();
                    assertThat(leg.position()).isEqualTo(position);
                    assertThat(leg.next()).isFalse();
                    assertThat(leg.isLast()).isFalse();
                    assertThat(leg.position()).isEqualTo(position);
                }
            }
            assertThat(Selections.readFrom(reader, position, bound, 7)).hasSize(51);
        }
    }

    @Test
    void writesTheRowsOwnPositionAfterAPause() throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "id")) {
            String bound = last(reader);
            String eleventh = Selections.positionAfter(reader, bound, 11);
            try (RowReader.Leg leg = reader.read(Selections.positionAfter(reader, bound, 9), bound)) {
                assertThat(leg.next()).isTrue();
                leg.pause();
                assertThat(leg.next()).isTrue();
                assertThat(leg.position()).isEqualTo(eleventh);
            }
        }
    }

    @Test
    void readsPositionsThatAnEarlierVersionWrote() throws Exception {
        try (RowReader reader = open(NUMBERED, "n", "id")) {
            String bound = withoutRow(last(reader));
            String position = withoutRow(Selections.positionAfter(reader, bound, 10));
            assertThat(Selections.readFrom(reader, position, bound, 7)).hasSize(51);
        }
    }

    private static String withoutRow(@Nullable String position) {
        return String.valueOf(position).replaceAll(",\"row\":\"\\w+\"", "");
    }

    /** Their rows' values may change like any other's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            g      | select grp as g, count(*) as c from items group by grp | 3
            g      | select grp * 10 as g, max(id) as c from items group by grp * 10 | 3
            g      | select id + 1000 as g, name as c from items | 55
            g desc | select id as g, sum(grp) over (order by id) as c from items | 54
            g      | select id as g, total as c from running | 55
            g      | select id as g, 'n over (x)' as c from items -- row_number() over () as g | 55
            """)
    void letsTheRowsOfOtherKeysChange(String key, String query, int left) throws Exception {
        run("create view running as select id, sum(id) over (order by id) as total from items");
        try (RowReader reader = open(query, key, "c")) {
            String bound = last(reader);
            boolean watched = bound.contains("\"row\"");
            assertThat(watched && database().tellsWindowsApart()).isFalse();
            String position = Selections.positionAfter(reader, bound, 4);
            run(
                    "update items set name = 'changed' where id in (3, 57)",
                    "delete from items where id in (1, 2, 31, 58)",
                    "insert into items values (-1, 0, 'before', null)");
            if (watched) {
                // Refused without need, and never wrong.
                assertThat(refused(() -> Selections.readFrom(reader, position, bound, 2))
                                .kind())
                        .isEqualTo(Kind.ROWS_LOST);
            } else {
                assertThat(Selections.readFrom(reader, position, bound, 2)).hasSize(left);
            }
        }
    }
}
