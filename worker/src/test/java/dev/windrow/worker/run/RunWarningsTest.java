package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of an export is told of it, in whole runs and in sentences. */
final class RunWarningsTest {
    private static final int ROWS = 345;

    @TempDir
    private Path folder;

    @Test
    void tellsNothingWhenAllIsWell() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue();
            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().outcome().warnings()).isEmpty();
        }
    }

    @Test
    void tellsHowManyRowsWentBetweenTheCountAndTheReading() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            // With the third row the first file ends; the rows of the second go before it is read.
            StoppingSource.Event go = () -> {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> bench.export().progress().rowsTotal() != null);
                sql(bench, "delete from numbers where n > 100");
            };
            try (ExportRunner runner = bench.runner(StoppingSource.after(3, bench.source, go))) {
                runner.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().outcome().warnings())
                    .containsExactly(new Warning(
                            Warning.Type.ROWS_CHANGED,
                            "348 rows were counted, 103 were there: rows seem to have gone meanwhile."));
        }
    }

    @Test
    void tellsOfTheSameAlterationsWhereverItResumes() throws Exception {
        Warning replaced = new Warning(
                Warning.Type.VALUES_REPLACED,
                "690 characters that UTF-8 or the format can't hold were replaced by U+FFFD, in numbers.xlsx.");
        Warning cut = new Warning(
                Warning.Type.CELLS_TRUNCATED,
                "3 texts were cut at the 32,767 characters that a cell holds, in numbers.xlsx. CSV and JSON have them"
                        + " whole.");
        for (int rows : new int[] {0, 1, 131}) {
            try (Bench bench = altered("altered" + rows)) {
                bench.queue(Format.XLSX, FormatOptions.DEFAULT);
                stopAfter(rows, bench);

                assertThat(bench.export().outcome().warnings())
                        .as("stopped after %d rows", rows)
                        .containsExactly(replaced, cut);
            }
        }
    }

    private Bench altered(String name) throws Exception {
        Bench bench = new Bench(Files.createDirectories(folder.resolve(name))).withRows(ROWS);
        bench.sql("update numbers set words = char(1) || words || char(2)");
        bench.sql("update numbers set words = words || printf('%40000s', '') where n in (5, 200, 345)");
        return bench.withFiles(new DatasetFile(
                "numbers",
                "select n, words from numbers",
                List.of(new KeyPart("n", false)),
                List.of(
                        new Column("n", ColumnType.INTEGER, false, null),
                        new Column("words", ColumnType.STRING, false, null)),
                100));
    }

    @Test
    void tellsOfAttachmentsThatAreMissingOrRenamedWhereverItResumes() throws Exception {
        for (int rows : new int[] {0, 1, 4}) {
            try (Bench bench = withAttachments("media" + rows)) {
                bench.queue(Format.CSV, FormatOptions.DEFAULT);
                stopAfter(rows, bench);

                assertThat(bench.export().outcome().warnings())
                        .as("stopped after %d rows", rows)
                        .containsExactly(
                                new Warning(
                                        Warning.Type.NAMES_CHANGED,
                                        "2 files are called otherwise than was asked for, since their names were"
                                                + " taken or are not safe everywhere: media/a (2).txt, media/a (3).txt."),
                                new Warning(
                                        Warning.Type.ATTACHMENTS_MISSING,
                                        "1 attachment could not be copied, since it is not there or may not be read: "
                                                + "media/gone.jpg."));
            }
        }
    }

    private Bench withAttachments(String name) throws Exception {
        Bench bench = new Bench(Files.createDirectories(folder.resolve(name))).withRows(4);
        Path media = Files.createDirectories(folder.resolve("media"));
        for (String file : List.of("a.txt", "b.txt", "c.txt")) {
            Files.writeString(media.resolve(file), file);
        }
        bench.sql("create table media (path text, name text)");
        bench.sql(
                "insert into media values ('a.txt', null), ('b.txt', 'a.txt'), ('c.txt', 'a.txt'), ('gone.jpg', null)");
        List<Column> texts = Stream.of("path", "name")
                .map(column -> new Column(column, ColumnType.STRING, true, null))
                .toList();
        FileForm form = new FileForm(Kind.ATTACHMENTS, null, null, media);
        DatasetFile numbers = bench.dataset().files().get(1);
        return bench.withFiles(
                new DatasetFile("media", "select path, name from media", List.of(), texts, 1000, form), numbers);
    }

    /** A run that is stopped there, if it is more than no row, and those that go on with it. */
    private static void stopAfter(int rows, Bench bench) {
        AtomicReference<ExportRunner> self = new AtomicReference<>();
        try (ExportRunner first = bench.runner(
                StoppingSource.after(rows, bench.source, () -> self.get().shutDown()))) {
            self.set(first);
            first.runNext();
        }
        for (int claims = 0; claims < 30 && bench.export().state() == State.QUEUED; claims++) {
            try (ExportRunner next = bench.runner()) {
                next.runNext();
            }
        }
        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void tellsOfAnArchiveThatAnotherRunCompletes() throws Exception {
        try (Bench bench = withAttachments("killed")) {
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            try (ExportRunner runner = bench.runner(
                    bench.source, new FaultyStore(bench.artifacts, FaultyStore.KILL, FaultyStore.NONE), bench.clock)) {
                assertThatThrownBy(runner::runNext).isInstanceOf(FaultyStore.Killed.class);
            }
            assertThat(bench.upkeep.lose(bench.upkeep.held().get(0))).isTrue();

            stopAfter(0, bench);

            assertThat(bench.export().outcome().warnings())
                    .extracting(Warning::type)
                    .containsExactly(Warning.Type.NAMES_CHANGED, Warning.Type.ATTACHMENTS_MISSING);
        }
    }

    @Test
    void saysNothingOfRowsThatCame() {
        assertThat(RunWarnings.rowsChanged(null, 7)).isEmpty();
        assertThat(RunWarnings.rowsChanged(7L, 7)).isEmpty();
        assertThat(RunWarnings.rowsChanged(7L, 8)).isEmpty();
        assertThat(RunWarnings.rowsChanged(60_000L, 3_960))
                .contains(new Warning(
                        Warning.Type.ROWS_CHANGED,
                        "60,000 rows were counted, 3,960 were there: rows seem to have gone meanwhile."));
        assertThat(RunWarnings.rowsChanged(1L, 0))
                .contains(new Warning(
                        Warning.Type.ROWS_CHANGED,
                        "1 row was counted, 0 were there: rows seem to have gone meanwhile."));
        assertThat(RunWarnings.rowsChanged(2L, 1))
                .contains(new Warning(
                        Warning.Type.ROWS_CHANGED,
                        "2 rows were counted, 1 was there: rows seem to have gone meanwhile."));
    }

    @Test
    void tellsTheNumberOfEachFile() {
        EntryTally tally = new EntryTally();
        tally.open("a.csv", null);
        tally.finish(5, Map.of("replaced", 1_234L, "escaped", 9L));
        tally.open("b.csv", null);
        tally.finish(5, Map.of("replaced", 0L));
        tally.open("c.csv", null);
        tally.finish(5, Map.of("replaced", 1L));

        assertThat(RunWarnings.of(tally, List.of(), 15L))
                .containsExactly(new Warning(
                        Warning.Type.VALUES_REPLACED,
                        "1,235 characters that UTF-8 or the format can't hold were replaced by U+FFFD, "
                                + "in a.csv (1,234), c.csv (1)."));
    }

    @Test
    void namesAFewOfManyAndNothingThatATerminalWouldObey() {
        List<String> names = Stream.concat(
                        Stream.of("media/\u001b[2J\u202eb\ud800", "media/" + "語".repeat(200)),
                        IntStream.range(0, 4_000).mapToObj(number -> "media/" + number))
                .toList();

        assertThat(RunWarnings.of(new EntryTally(), List.of(new Copied(names, Map.of())), null))
                .containsExactly(new Warning(
                        Warning.Type.ATTACHMENTS_MISSING,
                        "4,002 attachments could not be copied, since they are not there or may not be read: "
                                + "media/\ufffd[2J\ufffdb\ufffd, media/" + "語".repeat(94)
                                + "…, media/0, media/1, media/2 and 3,997 more."));
    }

    private static void sql(Bench bench, String sql) {
        try {
            bench.sql(sql);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
