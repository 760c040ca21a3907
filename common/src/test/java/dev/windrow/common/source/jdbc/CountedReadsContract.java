package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.RowMemory;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What legs cost, in a database that says what it has read. */
abstract class CountedReadsContract extends LiveTableContract {
    private static final int LEG_ROWS = 1_000;

    /** Rows behind the late position. */
    private static final int LEFT = 3_000;

    /**
     * What the database has read for a connection until now, as it says itself: rows, or steps of its machine. Counted
     * from any time before the first call on.
     */
    abstract long read(LentConnection connection) throws SQLException;

    /** The rows of a table, so that what is read of them is counted. */
    String all(String table) {
        return "select * from " + table;
    }

    /** Lets the table be read by its halves too. */
    void indexHalves() throws SQLException {
        run("create unique index many_half on many(half, k)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "half, k"})
    void readsTwiceAsMuchForTwiceTheRows(String key) throws Exception {
        long[] read = new long[2];
        for (int times = 0; times < 2; times++) {
            int all = 20_000 * (times + 1);
            makeMany(all);
            indexHalves();
            try (RowReader reader = rows.open(Selections.of(source(), all("many"), key, "k"))) {
                last(reader);
            }
            long before = readUntilNow();
            try (RowReader reader = rows.open(Selections.of(source(), all("many"), key, "k"))) {
                assertThat(Selections.readAll(reader, Integer.MAX_VALUE)).hasSize(all);
            }
            read[times] = readUntilNow() - before;
            run("drop table many");
        }
        // Were all that is ahead, or behind, read by each leg, it would be four times as much.
        assertThat(read[1]).isLessThan(3 * read[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "k desc", "half, k", "half desc, k desc"})
    void readsNoMoreForALateLegThanForAnEarlyOne(String key) throws Exception {
        makeMany(30_000);
        indexHalves();
        RowSelection selection = Selections.of(source(), all("many"), key, "k");
        try (RowReader reader = rows.open(selection)) {
            String bound = last(reader);
            String early = Selections.positionAfter(reader, bound, 3_000);
            String late = Selections.positionAfter(reader, bound, 27_000);
            long first = readByALeg(selection, early, bound);
            assertThat(first).isPositive();
            // A planner may sort the few rows that are left. A walk from the start would read nine times as much.
            assertThat(readByALeg(selection, late, bound)).isLessThan(2 * first + LEFT);
        }
    }

    private long readByALeg(RowSelection selection, String after, String bound) throws Exception {
        long before = readUntilNow();
        try (RowReader reader = rows.open(selection);
                RowReader.Leg leg = reader.read(after, bound)) {
            for (int row = 0; row < LEG_ROWS - 1; row++) {
                assertThat(leg.next()).isTrue();
            }
        }
        return readUntilNow() - before;
    }

    private long readUntilNow() throws Exception {
        // The reader's own: it has given it back last.
        try (LentConnection connection = connections.lend(source(), RowMemory.Rows.USUAL, null)) {
            return read(connection);
        }
    }
}
