package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.common.access.Bearer;
import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset.Access;
import dev.windrow.common.catalog.Dataset.Guard;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.common.options.FormatOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A run goes by what its export was granted, and by what the catalog and the credentials still give. */
final class RightsOfRunsTest {
    private static final int ROWS = 6_000;
    private static final Guard MASKED = new Guard(
            null,
            Limits.NONE,
            Map.of(
                    "words", new Masking(Set.of("support"), Mask.HASH),
                    "part", new Masking(Set.of("support"), Mask.LAST4)));
    private static final Grant.Credential KEY = new Grant.Credential("api-key", "k");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Format.class)
    void endsWithTheSameMaskedBytesAfterAShutdown(Format format) throws Exception {
        byte[] undisturbed;
        try (Bench bench = masked("undisturbed");
                ExportRunner runner = bench.runner()) {
            bench.queue(format, FormatOptions.DEFAULT);
            runner.runNext();
            undisturbed = bench.archive();
        }
        try (Bench bench = masked("stopped")) {
            bench.queue(format, FormatOptions.DEFAULT);
            AtomicReference<ExportRunner> self = new AtomicReference<>();
            try (ExportRunner first = bench.runner(
                    StoppingSource.after(4_500, bench.source, () -> self.get().shutDown()))) {
                self.set(first);
                first.runNext();
            }
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }
            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.archive()).isEqualTo(undisturbed);
        }
    }

    private Bench masked(String name) throws Exception {
        Bench bench = new Bench(folder.resolve(name)).withRows(ROWS);
        bench.guard = MASKED;
        bench.grant = Gate.grant(bench.dataset(), Bearer.NOBODY, KEY, null).orElseThrow();
        return bench;
    }

    @Test
    void refusesARunThatTheCatalogGivesLessByNow() throws Exception {
        try (Bench bench = new Bench(folder).withRows(9)) {
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            bench.guard = new Guard(new Access(Set.of("finance"), List.of()), Limits.NONE, Map.of());

            assertRefused(bench, FailureCode.NOT_ALLOWED);
        }
    }

    @Test
    void refusesARunWhoseColumnIsMaskedByNow() throws Exception {
        try (Bench bench = new Bench(folder).withRows(9)) {
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            bench.guard = MASKED;

            assertRefused(bench, FailureCode.NOT_ALLOWED);
        }
    }

    @Test
    void refusesARunWhoseCredentialsWereTakenBack() throws Exception {
        try (Bench bench = new Bench(folder).withRows(9)) {
            bench.grant = new Grant(Bearer.NOBODY, Map.of(), KEY, null);
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            bench.standing = (owner, grant, dataset) -> {
                assertThat(owner).isEqualTo(bench.export().owner());
                assertThat(grant).isEqualTo(bench.grant);
                assertThat(dataset).isEqualTo("numbers");
                return false;
            };

            assertRefused(bench, FailureCode.NOT_ALLOWED);
        }
    }

    @Test
    void goesByTheFewerOfTheDatasetsRowsAndTheGrants() throws Exception {
        // The dataset's files have three rows and nine.
        long[][] cases = {{12, 12, 1}, {11, 12, 0}, {12, 11, 0}, {99, 12, 1}, {12, 99, 1}};
        for (long[] one : cases) {
            Path place = folder.resolve("of" + one[0] + "and" + one[1]);
            try (Bench bench = new Bench(place).withRows(9)) {
                bench.guard = new Guard(null, new Limits(one[0], null), Map.of());
                bench.grant = new Grant(Bearer.NOBODY, Map.of(), KEY, one[1]);
                bench.queue(Format.CSV, FormatOptions.DEFAULT);
                if (one[2] == 0) {
                    assertRefused(bench, FailureCode.QUOTA_EXCEEDED);
                } else {
                    try (ExportRunner runner = bench.runner()) {
                        runner.runNext();
                    }
                    assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
                }
            }
        }
    }

    @Test
    void refusesAnArchiveOfOneByteMoreThanItMayHave() throws Exception {
        long bytes;
        try (Bench bench = new Bench(folder.resolve("whole")).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            runner.runNext();
            bytes = bench.archive().length;
        }
        try (Bench bench = new Bench(folder.resolve("fits")).withRows(ROWS)) {
            bench.guard = new Guard(null, new Limits(null, bytes), Map.of());
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            try (ExportRunner runner = bench.runner()) {
                runner.runNext();
            }
            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        }
        try (Bench bench = new Bench(folder.resolve("over")).withRows(ROWS)) {
            bench.guard = new Guard(null, new Limits(null, bytes - 1), Map.of());
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            assertRefused(bench, FailureCode.QUOTA_EXCEEDED);
        }
    }

    /** Who runs the service is told in a line, and not alarmed. */
    private static void assertRefused(Bench bench, FailureCode code) {
        Logger logger = (Logger) LoggerFactory.getLogger(RunEnds.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (ExportRunner runner = bench.runner()) {
            runner.runNext();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage()).startsWith("refused: " + code.id() + ": ");
            assertThat(line.getThrowableProxy()).isNull();
        });
        Export export = bench.export();
        assertThat(export.state()).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(export.outcome().failure()).code()).isEqualTo(code);
        assertThat(export.attempt()).isEqualTo(1);
        assertThat(export.artifact()).isNull();
    }
}
