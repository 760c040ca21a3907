package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every database must do when it is read, but for the order of its rows. */
abstract class RowSourceContract extends DatabaseContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
                + " where note = :note and (:ids is null or id in (:ids)) and (:none is null or id < :none) and id >= :low"
                + " and (:yes or id = 0) and note <> ':note'";
        Map<String, @Nullable Object> values = new HashMap<>(Map.of(
                "note",
                "'; drop table items; --",
                "ids",
                List.of(6L, 7L, 8L),
                "low",
                new BigDecimal("6.5"),
                "yes",
                true));
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
    void tellsWhetherTheSubjectIsThere() throws Exception {
        assertThat(rows.subjectExists(dataset("select 1 from items where name = :name;"), name("n0é'\"\\"), PATIENCE))
                .isTrue();
        assertThat(rows.subjectExists(
                        dataset("select id, id from items where name = :name"), name("x' or '1'='1"), PATIENCE))
                .isFalse();
        assertThat(rows.subjectExists(dataset(null), name("x"), PATIENCE)).isTrue();
        SourceException refused =
                refused(() -> rows.subjectExists(dataset("select 1 from nowhere"), name("x"), PATIENCE));
        assertThat(refused.kind()).isEqualTo(Kind.QUERY);
        assertThat(refused.detail()).isEqualTo("The source database refused the subject of plant-items.");
    }

    @Test
    void stopsTheQueryForASubjectWhenItsTimeIsOver() throws Exception {
        Dataset slow = dataset(database().endless());
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            SourceException stopped = refused(() -> rows.subjectExists(slow, name("x"), Duration.ofMillis(300)));
            assertThat(stopped.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
        assertThat(rows.subjectExists(dataset("select 1 from items"), name("x"), PATIENCE))
                .as("by a connection that no late cancel hits")
                .isTrue();
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
        RowSelection selection = Selections.of(source(), database().endless(), "n", "n");
        String bound;
        try (RowReader reader = rows.open(Selections.of(source(), "select id as n from items", "n", "n"))) {
            bound = last(reader);
        }
        try (RowReader reader = rows.open(selection)) {
            CompletableFuture<OptionalLong> counted = supply(() -> reader.count(bound));
            cancelOnceItRuns(reader);
            assertThat(counted.get(60, TimeUnit.SECONDS)).isEmpty();
        }
        try (RowReader reader = rows.open(selection)) {
            CompletableFuture<Throwable> failure = supply(() -> refused(reader::lastPosition));
            cancelOnceItRuns(reader);
            assertThat(failure.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
            assertThat(refused(() -> reader.read(null, bound)).kind()).isEqualTo(Kind.CANCELLED);
        }
        try (RowReader next = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            assertThat(Selections.readAll(next, 1000)).hasSize(ROWS);
        }
    }

    private static void cancelOnceItRuns(RowReader reader) {
        await().atMost(Duration.ofSeconds(30)).until(() -> ((JdbcRowReader) reader).isRunning());
        reader.cancel();
    }

    @Test
    void cancelStopsALegBetweenItsRows() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            try (RowReader.Leg leg = reader.read(null, last(reader))) {
                assertThat(leg.next()).isTrue();
                reader.cancel();
                reader.cancel();
                assertThat(refused(leg::next).kind()).isEqualTo(Kind.CANCELLED);
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

    static <T> CompletableFuture<T> supply(Work<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private Dataset dataset(@Nullable String subject) {
        return dataset(source(), subject);
    }

    static Dataset dataset(Source source, @Nullable String subject) {
        return new Dataset(
                new Dataset.Label("plant-items", "Items", null),
                new Dataset.Reading(source, true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                subject == null ? null : new Subject(subject, "No such item"),
                List.of(Selections.of(source, ITEMS, "id", "id").file()));
    }

    static BoundParameters name(String name) {
        return new BoundParameters(Map.of(), Map.of("name", name));
    }
}
