package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.api.SevenBytes;
import dev.windrow.api.SwitchableSource;
import dev.windrow.api.TestCatalog;
import dev.windrow.api.access.Datasets.Granted;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a source is asked before a start, and for how long: on a real SQLite file. */
@Timeout(60)
class SubjectCheckTest {
    private static final String ENDLESS =
            "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final BoundParameters NO_VALUES = new BoundParameters(Map.of(), Map.of());
    private static final List<Column> COLUMNS = List.of(
            new Column("n", ColumnType.INTEGER, false, null), new Column("text", ColumnType.STRING, false, null));

    @TempDir
    private Path folder;

    @Test
    void givesAQueryUpThatTakesLong() throws Exception {
        try (SourceConnections connections = new SourceConnections()) {
            SubjectCheck check = new SubjectCheck(new JdbcRowSource(connections), SHORT);
            for (int i = 0; i < 2; i++) {
                ProblemException refused =
                        refused(() -> check.check(dataset(ENDLESS, "select 1 as n"), NO_VALUES, "a"));
                assertThat(refused.type()).isEqualTo(ProblemType.UNAVAILABLE);
                assertThat(refused.detail())
                        .isEqualTo(
                                "The dataset's source did not say within 1 s whether this exists; nothing was started.");
            }
        }
    }

    @Test
    void givesAPreviewUpThatTakesLong() throws Exception {
        try (SourceConnections connections = new SourceConnections()) {
            JdbcRowSource source = new JdbcRowSource(connections);
            Rehearsal rehearsal =
                    new Rehearsal(source, new SubjectCheck(source), new SevenBytes(), new JsonAnswers(), SHORT);
            Dataset dataset = dataset(null, ENDLESS);
            for (int i = 0; i < 5; i++) {
                ProblemException refused = refused(() -> rehearsal.of(dataset, checked(dataset, "n"), "a"));
                assertThat(refused.type()).as("and gives its place back").isEqualTo(ProblemType.UNAVAILABLE);
                assertThat(refused.detail()).contains("did not say within 1 s what the first rows are");
            }
        }
    }

    @Test
    void cutsALongValueBetweenCharacters() {
        BoundParameters parameters = new BoundParameters(Map.of("id", "a".repeat(199) + "🎉🎉"), Map.of());
        assertThat(SubjectCheck.fill("No {id}{other}", parameters)).isEqualTo("No " + "a".repeat(199) + "…");
    }

    @Test
    void showsFewerRowsWhereTheyAreLong() throws Exception {
        List<Column> columns = new ArrayList<>(COLUMNS);
        for (int i = 0; i < 29; i++) {
            columns.add(new Column("text" + i, ColumnType.STRING, false, null));
        }
        String[] names = columns.stream().map(Column::name).toArray(String[]::new);
        String texts = columns.stream()
                .skip(1)
                .map(column -> ", printf('%.*c', 20000, 'x') as " + column.name())
                .collect(Collectors.joining());
        String rows = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 50)" + " select n"
                + texts + " from c";
        try (SourceConnections connections = new SourceConnections()) {
            JdbcRowSource source = new JdbcRowSource(connections);
            Rehearsal rehearsal = new Rehearsal(source, new SubjectCheck(source), new SevenBytes(), new JsonAnswers());
            Dataset dataset = dataset(null, rows, columns);
            byte[] answer = rehearsal.of(dataset, checked(dataset, names), "a");
            assertThat(JsonMapper.shared().readTree(answer).at("/preview/rows"))
                    .as("of 300 kB each, since every text is cut at 10,000 characters")
                    .hasSize(4);
        }
    }

    @Test
    void letsOneCallerHaveTwelveQuestionsOpenAndAllHaveTwentyFour() throws Exception {
        SwitchableSource source = new SwitchableSource();
        CountDownLatch arrived = source.hold(24);
        SubjectCheck check = new SubjectCheck(source);
        List<CompletableFuture<Void>> open = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String caller = i < 12 ? "a" : "b";
            open.add(CompletableFuture.runAsync(() -> ask(check, caller), task -> new Thread(task).start()));
        }
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused(() -> ask(check, "a")).type()).isEqualTo(ProblemType.RATE_LIMITED);
        assertThat(refused(() -> ask(check, "c")).type()).isEqualTo(ProblemType.UNAVAILABLE);
        source.letGo();
        for (CompletableFuture<Void> one : open) {
            one.get(30, TimeUnit.SECONDS);
        }
        ask(check, "a");
    }

    private static void ask(SubjectCheck check, String caller) {
        Map<String, @Nullable Object> values = Map.of("sensor_id", "s-1");
        check.check(TestCatalog.sensors(), new BoundParameters(values, values), caller);
    }

    private static StartCheck.Checked checked(Dataset dataset, String... columns) {
        ExportRequest request =
                new ExportRequest("d", Format.CSV, Map.of(), List.of(columns), FormatOptions.DEFAULT, "d.zip");
        return new StartCheck.Checked(
                request, request, NO_VALUES, new Granted(dataset, Grant.UNKNOWN, Map.of()), List.of());
    }

    private Dataset dataset(@Nullable String subject, String rows) throws Exception {
        return dataset(subject, rows, COLUMNS);
    }

    private Dataset dataset(@Nullable String subject, String rows, List<Column> columns) throws Exception {
        Path file = folder.resolve("source.db");
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return new Dataset(
                new Dataset.Label("d", "D", null),
                new Dataset.Reading(
                        new Source("s", "jdbc:sqlite:" + file, null, null), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                subject == null ? null : new Subject(subject, "Not found"),
                List.of(new DatasetFile("d", rows, List.of(new KeyPart("n", false)), columns, 1000)));
    }

    private static ProblemException refused(ThrowingCallable work) {
        return catchThrowableOfType(ProblemException.class, work);
    }
}
