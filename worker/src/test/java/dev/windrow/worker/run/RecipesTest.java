package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.access.Bearer;
import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset.Guard;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that another one goes on with, whose catalog or mask-key is another: no file is made by both. */
final class RecipesTest {
    private static final int ROWS = 6_000;

    @TempDir
    Path folder;

    @Test
    void goesOnWithTheSameCatalog() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n / 2"))) {
            halfOf(bench);
            bench.withFiles(file("n / 2"));

            goOn(bench, bench.source);

            assertThat(bench.export().progress().resumedFromRow()).isPositive();
        }
    }

    @Test
    void beginsAnewWithAnotherQuery() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n / 2"))) {
            halfOf(bench);
            bench.withFiles(file("n / 2 + 1000000"));

            goOn(bench, bench.source);

            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(rows(bench)).hasSize(ROWS).allMatch(row -> row.matches("\\d+,1\\d{6}"));
        }
    }

    /** Parts of a file would have different headers. */
    @Test
    void beginsAnewWithAnotherTitle() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n / 2"))) {
            halfOf(bench);
            DatasetFile same = file("n / 2");
            bench.withFiles(new DatasetFile(
                    same.name(),
                    same.query(),
                    same.key(),
                    List.of(same.columns().get(0), new Column("half", ColumnType.INTEGER, false, "Half")),
                    100));

            goOn(bench, bench.source);

            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(rows(bench)).hasSize(ROWS);
        }
    }

    /** The last row by the old key is before all rows of the new one. */
    @Test
    void endsAtNoBoundOfAnotherKey() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n + 1000000"))) {
            halfOf(bench);
            bench.withFiles(keyedBy("half", file("n + 1000000")));

            goOn(bench, bench.source);

            assertThat(rows(bench)).hasSize(ROWS);
        }
    }

    @Test
    void endsAtNoBoundOfAnotherKeyAfterARetry() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n + 1000000"))) {
            halfOf(bench);
            Claim claim = bench.runs
                    .claimNext("w", Bench.NOW, Duration.ofMinutes(1))
                    .orElseThrow()
                    .lastClaim();
            bench.runs.fail(claim, new Failure(FailureCode.ROWS_LOST, "the key is not unique"), Bench.NOW);
            assertThat(bench.exports.retry(bench.export(), Bench.NOW)).isTrue();
            bench.withFiles(keyedBy("half", file("n + 1000000")));

            goOn(bench, bench.source);

            assertThat(rows(bench)).hasSize(ROWS);
        }
    }

    /** A bound that another query gave, or another file's, says nothing of where the rows of this one end. */
    @Test
    void fixesItsMomentAnewWithAnotherQueryOrFile() throws Exception {
        DatasetFile same = file("n / 2");
        DatasetFile renamed = new DatasetFile("renamed", same.query(), same.key(), same.columns(), 100);
        for (DatasetFile other : List.of(file("n / 3"), renamed)) {
            try (Bench bench = new Bench(
                            folder.resolve(other.name() + other.query().hashCode()))
                    .withRows(ROWS)
                    .withFiles(same)) {
                halfOf(bench);
                Cutoff cutoff = bench.export().run().cutoff();
                bench.withFiles(other);

                goOn(bench, bench.source);

                assertThat(bench.export().run().cutoff()).isNotEqualTo(cutoff);
                assertThat(bench.export().progress().rowsWritten()).isEqualTo(ROWS);
            }
        }
    }

    @Test
    void keepsItsMomentWithAnotherColumnsType() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n / 2"))) {
            halfOf(bench);
            Cutoff cutoff = bench.export().run().cutoff();
            DatasetFile same = file("n / 2");
            bench.withFiles(new DatasetFile(
                    same.name(),
                    same.query(),
                    same.key(),
                    List.of(same.columns().get(0), new Column("half", ColumnType.STRING, false, null)),
                    100));

            goOn(bench, bench.source);

            assertThat(bench.export().run().cutoff()).isEqualTo(cutoff);
            assertThat(rows(bench)).hasSize(ROWS);
        }
    }

    private static DatasetFile keyedBy(String column, DatasetFile file) {
        return new DatasetFile(file.name(), file.query(), List.of(new KeyPart(column, false)), file.columns(), 100);
    }

    @Test
    void beginsAnewWithAnotherMaskKey() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS).withFiles(file("n % 1"))) {
            bench.guard = new Guard(null, Limits.NONE, Map.of("half", new Masking(Set.of("support"), Mask.HASH)));
            Grant.Credential key = new Grant.Credential("api-key", "k");
            bench.grant = Gate.grant(bench.dataset(), Bearer.NOBODY, key, null).orElseThrow();
            halfOf(bench);

            goOn(bench, new JdbcRowSource(bench.connections, MaskKey.of("another secret that masks, as long")));

            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(rows(bench).stream().map(row -> row.replaceFirst(".*,", "")))
                    .hasSize(ROWS)
                    .containsOnly(rows(bench).get(0).replaceFirst(".*,", ""));
        }
    }

    private static DatasetFile file(String half) {
        return new DatasetFile(
                "numbers",
                "select n, " + half + " as half from numbers",
                List.of(new KeyPart("n", false)),
                List.of(
                        new Column("n", ColumnType.INTEGER, false, null),
                        new Column("half", ColumnType.INTEGER, false, null)),
                100);
    }

    /** Until it is stopped behind a checkpoint. */
    private static void halfOf(Bench bench) {
        bench.queue(Format.CSV, FormatOptions.DEFAULT);
        AtomicReference<ExportRunner> self = new AtomicReference<>();
        try (ExportRunner first = bench.runner(
                StoppingSource.after(ROWS / 2, bench.source, () -> self.get().shutDown()))) {
            self.set(first);
            first.runNext();
        }
        assertThat(bench.export().run().checkpoint()).isNotNull();
    }

    private static void goOn(Bench bench, JdbcRowSource source) {
        try (ExportRunner second = bench.runner(source)) {
            second.runNext();
        }
        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
    }

    private static List<String> rows(Bench bench) throws IOException {
        Path archive = bench.folder
                .resolve("artifacts")
                .resolve(Objects.requireNonNull(bench.export().artifact()).key());
        try (ZipFile zip = new ZipFile(archive.toFile());
                var entry = zip.getInputStream(zip.getEntry("numbers.csv"))) {
            return new String(entry.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }
}
