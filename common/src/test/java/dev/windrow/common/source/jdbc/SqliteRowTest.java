package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRowTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE);

    @AfterEach
    void close() {
        connections.close();
    }

    private RowReader open(String query, String key, String columns, String... statements) throws Exception {
        SqliteSource file = new SqliteSource(folder.resolve("rows.db")).run(statements);
        return new JdbcRowSource(connections).open(Selections.of(file.source(), query, key, columns));
    }

    @Test
    void makesNoObjectsOfNumbersAndNulls() throws Exception {
        try (RowReader reader = open(
                "select * from readings",
                "sensor, at",
                "at, value, quality",
                "create table readings (sensor integer, at integer, value real, quality integer, primary key (sensor, at))",
                "with recursive c(n) as (select 1 union all select n + 1 from c where n < " + ROWS
                        + ") insert into readings select 7, n * 10000000000, n / 7.0, nullif(n % 3, 0) from c")) {
            String bound = Objects.requireNonNull(reader.lastPosition());
            Sum sum = new Sum();
            long allocated = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                allocated = Math.min(allocated, allocatedByReading(reader, bound, sum));
            }
            assertThat(sum.rows).isEqualTo(10 * ROWS);
            assertThat(sum.values).isEqualTo(3 * 10 * ROWS);
            // What the statement itself takes, spread over the rows. An object of a row would be 16 bytes at least.
            assertThat(allocated / (double) ROWS).isLessThan(4);
        }
    }

    private static long allocatedByReading(RowReader reader, String bound, RowSink sink) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        try (RowReader.Leg leg = reader.read(null, bound)) {
            while (leg.next()) {
                leg.copyTo(sink);
            }
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    @Test
    void givesAKeyThatIsAlsoAColumnAsTheColumnsType() throws Exception {
        try (RowReader reader = open(
                "select * from t",
                "b, a desc",
                "a:string, b, a",
                "create table t (a integer, b integer)",
                "insert into t values (1, 1), (2, 1), (3, 2)")) {
            assertThat(Selections.readAll(reader, 2))
                    .containsExactly(List.of("2", 1L, 2L), List.of("1", 1L, 1L), List.of("3", 2L, 3L));
        }
    }

    @Test
    void readsAKeyWhoseTypeChangesFromRowToRow() throws Exception {
        try (RowReader reader = open(
                "select * from t",
                "k",
                "k, v",
                "create table t (k, v)",
                "insert into t values (1, 'a'), (1.5, 2), (2, null), ('1', x'00'), (x'31', 0.5)")) {
            assertThat(Selections.readAll(reader, 2).stream().<Object>map(row -> row.get(0)))
                    .isEqualTo(List.of(1L, 1.5, 2L, "1", new RecordedRows.Bytes("31")));
        }
    }

    @Test
    void leavesOutWhatComesBehindTheBoundByEachPartOfAKeyOfIntegers() throws Exception {
        try (RowReader reader = open(
                "select * from t",
                "a, b desc",
                "a, b",
                "create table t (a integer, b integer)",
                "insert into t values (1, 5), (1, 9), (2, 5), (2, 7)")) {
            String bound = Objects.requireNonNull(reader.lastPosition());
            new SqliteSource(folder.resolve("rows.db")).run("insert into t values (1, -9), (2, 6), (2, 4), (3, 1)");
            RecordedRows rows = new RecordedRows();
            try (RowReader.Leg leg = reader.read(null, bound)) {
                while (leg.next()) {
                    leg.copyTo(rows);
                }
                assertThat(leg.isLast()).isTrue();
            }
            assertThat(rows.rows)
                    .containsExactly(
                            List.of(1L, 9L),
                            List.of(1L, 5L),
                            List.of(1L, -9L),
                            List.of(2L, 7L),
                            List.of(2L, 6L),
                            List.of(2L, 5L));
        }
    }

    @Test
    void givesBytesOfLengthZeroAsBytes() throws Exception {
        try (RowReader reader = open(
                "select * from t", "k", "v", "create table t (k integer, v blob)", "insert into t values (1, x'')")) {
            assertThat(Selections.readAll(reader, 2)).containsExactly(List.of(new RecordedRows.Bytes("")));
        }
    }

    @Test
    void letsAWriterGoOnOnceALegIsAtItsEndThoughItIsNotClosed() throws Exception {
        SqliteSource file = new SqliteSource(folder.resolve("rows.db"));
        try (RowReader reader = open(
                        "select * from t",
                        "k",
                        "k",
                        "create table t (k integer)",
                        "insert into t values (1), (2), (3)");
                RowReader.Leg leg = reader.read(null, Objects.requireNonNull(reader.lastPosition()))) {
            while (leg.next()) {
                leg.copyTo(new Sum());
            }
            file.run("pragma busy_timeout = 0", "insert into t values (4)");
            assertThat(leg.isLast()).isTrue();
            assertThat(leg.position()).contains("l:3");
        }
    }

    /** Takes numbers and nulls, and makes nothing of them. */
    private static final class Sum implements RowSink {
        private int rows;
        private int values;

        @Override
        public void nullValue() {
            values++;
        }

        @Override
        public void integer(long value) {
            values++;
        }

        @Override
        public void number(double value) {
            values++;
        }

        @Override
        public void decimal(BigDecimal value) {
            throw new AssertionError(value);
        }

        @Override
        public void bool(boolean value) {
            throw new AssertionError();
        }

        @Override
        public void text(String value) {
            throw new AssertionError(value);
        }

        @Override
        public void date(long epochDay) {
            throw new AssertionError();
        }

        @Override
        public void timestamp(long epochSecond, int nano) {
            throw new AssertionError();
        }

        @Override
        public void json(String value) {
            throw new AssertionError(value);
        }

        @Override
        public void bytes(byte[] value) {
            throw new AssertionError();
        }

        @Override
        public void endRow() {
            rows++;
        }
    }
}
