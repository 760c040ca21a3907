package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.RowMemory;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of many lengths, read in a heap of 6 MiB by what readers are told of it: a row may have 1 MiB, SQLite's of more
 * than 24 KiB and PostgreSQL's fetches of more than 96 KiB are read again, and at last one at a time.
 */
@Timeout(60)
abstract class LongRowsContract {
    private static final RowMemory SMALL = new RowMemory(6 << 20);
    private static final int ROWS = 120;
    private static final int LONG = 60_000;
    private static final int HUGE = 400_000;
    private static final String ALL = "select id, v from texts";

    private final SourceConnections connections = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE, SMALL);
    private final JdbcRowSource rows = new JdbcRowSource(connections);

    abstract TestDatabase database();

    /** An expression for a text of so many characters. */
    abstract String repeated(String characters);

    private Source source() {
        return database().source();
    }

    @BeforeEach
    void makeTexts() throws Exception {
        database()
                .execute(
                        "create table texts(id integer primary key, v text)",
                        "insert into texts select id, "
                                + repeated("case when id % 50 = 13 then " + HUGE + " when id % 10 = 7 then " + LONG
                                        + " else id end")
                                + " from (with recursive c(id) as (select 1 union all select id + 1 from c where id < "
                                + ROWS + ") select id from c) c");
    }

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    private static int lengthOf(int id) {
        return id % 50 == 13 ? HUGE : id % 10 == 7 ? LONG : id;
    }

    private static List<String> inOrder(boolean descending) {
        List<String> all = new ArrayList<>(IntStream.rangeClosed(1, ROWS)
                .mapToObj(id -> id + " " + lengthOf(id))
                .toList());
        if (descending) {
            Collections.reverse(all);
        }
        return all;
    }

    private static List<String> lengths(List<List<@Nullable Object>> read) {
        return read.stream()
                .map(row -> row.get(0) + " " + String.valueOf(row.get(1)).length())
                .toList();
    }

    private RowReader open(String query, String key) {
        return rows.open(Selections.of(source(), query, key, "id, v"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void readsLongRowsAmongShortOnes(int legRows) throws Exception {
        for (boolean descending : new boolean[] {false, true}) {
            try (RowReader reader = open(ALL, descending ? "id desc" : "id")) {
                assertThat(lengths(Selections.readAll(reader, legRows))).isEqualTo(inOrder(descending));
                assertThat(reader.count(String.valueOf(reader.lastPosition()))).hasValue(ROWS);
            }
        }
    }

    @Test
    void readsAndCountsRowsThatAreChosenByLongValues() throws Exception {
        String chosen = "select id from texts where v like '%x'";
        try (RowReader reader = rows.open(Selections.of(source(), chosen, "id", "id"))) {
            assertThat(Selections.readAll(reader, 1_000)).hasSize(ROWS);
            assertThat(reader.count(String.valueOf(reader.lastPosition()))).hasValue(ROWS);
        }
    }

    @Test
    void asksForASubjectByLongValues() throws Exception {
        Dataset dataset = new Dataset(
                new Dataset.Label("d", "D", null),
                new Dataset.Reading(source(), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                new Subject("select id, v from texts where id = 13", "Not found"),
                List.of(Selections.of(source(), ALL, "id", "id, v").file()));
        BoundParameters none = new BoundParameters(Map.of(), Map.of());
        assertThat(rows.subjectExists(dataset, none, Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void readsThemInOneSnapshot() throws Exception {
        RowSelection selection = Selections.of(source(), ALL, "id", "id, v");
        List<List<@Nullable Object>> read = new ArrayList<>();
        int tries = 0;
        while (read.isEmpty()) {
            tries++;
            try (Snapshot snapshot = rows.snapshot(source());
                    RowReader reader = snapshot.open(selection)) {
                read.addAll(Selections.readAll(reader, 1_000));
            } catch (SourceException e) {
                assertThat(tries).as("of " + e).isEqualTo(1);
                assertThat(e.kind()).as("so that it is tried again").isEqualTo(Kind.UNAVAILABLE);
                assertThat(e.detail())
                        .isEqualTo("Rows of file readings are longer than was expected; they are read again, one at a"
                                + " time.");
            }
        }
        assertThat(lengths(read)).isEqualTo(inOrder(false));
    }

    /** As a preview does, which is no snapshot. */
    @Test
    void readsThemInASnapshotAlsoWhereAnotherReaderHasMetThem() throws Exception {
        RowSelection selection = Selections.of(source(), ALL, "id", "id, v");
        RowMemory memory = new RowMemory(6 << 20);
        memory.expectHuge(source(), ALL);
        List<List<@Nullable Object>> read = new ArrayList<>();
        try (SourceConnections own = new SourceConnections(5_000, LegLimits.FREE, LegLimits.FREE, memory)) {
            database().execute("update texts set v = v || v where id = 13");
            for (int tries = 1; read.isEmpty(); tries++) {
                try (Snapshot snapshot = new JdbcRowSource(own).snapshot(source());
                        RowReader reader = snapshot.open(selection)) {
                    read.addAll(Selections.readAll(reader, 1_000));
                } catch (SourceException e) {
                    assertThat(e.kind()).as("so that it is tried again").isEqualTo(Kind.UNAVAILABLE);
                    assertThat(tries).isEqualTo(1);
                }
            }
        }
        assertThat(read).hasSize(ROWS);
    }

    @Test
    void readsThemByAKeyThatMoves() throws Exception {
        String numbered = "select row_number() over (order by id) as n, id, v from texts";
        List<List<@Nullable Object>> read = new ArrayList<>();
        int tries = 0;
        while (read.isEmpty()) {
            tries++;
            try (RowReader reader = open(numbered, "n")) {
                read.addAll(Selections.readAll(reader, 1_000));
            } catch (SourceException e) {
                assertThat(e.kind()).as("so that it is tried again").isEqualTo(Kind.UNAVAILABLE);
                assertThat(tries).isEqualTo(1);
            }
        }
        assertThat(lengths(read)).isEqualTo(inOrder(false));
    }

    @Test
    void readsAnObject() throws Exception {
        List<Column> columns = List.of(new Column("v", ColumnType.ANY, false, null));
        DatasetFile one =
                new DatasetFile("one", "select v from texts where id = 13", List.of(), columns, 1, FileForm.OBJECT);
        RowSelection selection = new RowSelection(source(), one, columns, new BoundParameters(Map.of(), Map.of()));
        try (RowReader reader = rows.open(selection)) {
            assertThat(Selections.readAll(reader, 1_000)).hasSize(1);
        }
    }

    @Test
    void refusesARowThatIsLongerThanAnyMayBe() throws Exception {
        database().execute("update texts set v = " + repeated("2000000") + " where id = 99");
        try (RowReader reader = open(ALL, "id")) {
            SourceException refused = DatabaseContract.refused(() -> Selections.readAll(reader, 1_000));
            assertThat(refused.kind()).isEqualTo(Kind.ROW_TOO_LONG);
            assertThat(refused.detail())
                    .isEqualTo(
                            "A row of file readings has more than the 1,048,576 bytes that this server's memory has for"
                                    + " one row, as the database sends it. Leave its long column out, or have an operator give"
                                    + " the server more memory.");
        }
        try (RowReader reader = rows.open(Selections.of(source(), ALL, "id", "id"))) {
            assertThat(Selections.readAll(reader, 1_000))
                    .as("without that column")
                    .hasSize(ROWS);
        }
    }

    /** SQLite tells how long a value is, and not how long a row. */
    @Test
    void refusesARowWhoseValuesAreTooLongTogether() throws Exception {
        String thrice = "select id, v, v || 'y' as w, v || 'z' as x from texts";
        try (RowReader reader = rows.open(Selections.of(source(), thrice, "id", "id, v, w, x"))) {
            SourceException refused = DatabaseContract.refused(() -> Selections.readAll(reader, 1_000));
            assertThat(refused.kind()).isEqualTo(Kind.ROW_TOO_LONG);
            assertThat(refused.detail()).startsWith("A row of file readings has more than the 1,048,576 bytes");
        }
        try (RowReader reader = rows.open(Selections.of(source(), thrice, "id", "id, v, w"))) {
            assertThat(Selections.readAll(reader, 1_000)).as("of 800 kB").hasSize(ROWS);
        }
    }

    @Test
    void keepsItsPositionWhereWhatWasLeftIsGoneAfterTheWait() throws Exception {
        // A value that is long is read alone at once, a row of PostgreSQL only if three are too long together.
        int readBefore = database() instanceof SqliteSource ? 6 : 12;
        Cancellation never = new Cancellation(Dialect.of(source().url()));
        try (RowReader reader = open(ALL, "id")) {
            String bound = String.valueOf(reader.lastPosition());
            RowMemory.Turn held = SMALL.turn(RowMemory.Rows.HUGE, never);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            CompletableFuture<Void> read = CompletableFuture.runAsync(
                    () -> {
                        try (RowReader.Leg leg = reader.read(null, bound)) {
                            moveTo(leg, readBefore);
                            String position = leg.position();
                            assertThat(leg.next())
                                    .as("those behind it are gone")
                                    .isFalse();
                            assertThat(leg.position()).isEqualTo(position);
                        } catch (SourceException e) {
                            throw new AssertionError(e);
                        }
                    },
                    task -> {
                        Thread thread = new Thread(task);
                        waiting.set(thread);
                        thread.start();
                    });
            await().until(() -> waits(waiting.get()));
            database().execute("delete from texts where id >= " + readBefore);
            held.close();
            read.get();
        }
    }

    @Test
    void letsOneReaderAtATimeHaveHugeRows() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Thread> second = new AtomicReference<>();
        CompletableFuture<Void> other;
        try (RowReader reader = open(ALL, "id");
                RowReader.Leg leg = reader.read(null, String.valueOf(reader.lastPosition()))) {
            moveTo(leg, 13);
            Executor own = task -> {
                Thread thread = new Thread(task);
                second.set(thread);
                thread.start();
            };
            other = CompletableFuture.runAsync(() -> readHuge(order), own);
            await().until(() -> waits(second.get()));
            assertThat(order).isEmpty();
            leg.pause();
            assertThat(leg.next()).isTrue();
            order.add("first");
        }
        other.get();
        assertThat(order).hasSize(2).contains("first", "second");
        assertThat(order.get(0))
                .as("who has handed its row on lets others read theirs, where its driver holds no more")
                .isEqualTo(database() instanceof SqliteSource ? "second" : "first");
    }

    private static boolean waits(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(RowMemory.class.getName()));
    }

    private static void moveTo(RowReader.Leg leg, int row) throws SourceException {
        for (int i = 0; i < row; i++) {
            assertThat(leg.next()).isTrue();
        }
    }

    private void readHuge(List<String> order) {
        try (RowReader reader = open(ALL, "id desc");
                RowReader.Leg leg = reader.read(null, String.valueOf(reader.lastPosition()))) {
            moveTo(leg, ROWS - 62);
            order.add("second");
        } catch (SourceException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stopsAReaderThatWaits() throws Exception {
        try (RowReader reader = open(ALL, "id");
                RowReader.Leg leg = reader.read(null, String.valueOf(reader.lastPosition()));
                RowReader waiting = open(ALL, "id desc")) {
            moveTo(leg, 13);
            Thread here = Thread.currentThread();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                await().until(() -> waits(here));
                waiting.cancel();
            });
            SourceException refused = DatabaseContract.refused(() -> Selections.readAll(waiting, 1_000));
            assertThat(refused.kind()).isEqualTo(Kind.CANCELLED);
            stopped.get();
        }
    }
}
