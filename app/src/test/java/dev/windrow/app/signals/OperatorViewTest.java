package dev.windrow.app.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.windrow.app.Samples;
import dev.windrow.app.catalog.CatalogEnvironment;
import dev.windrow.app.catalog.Catalogs;
import dev.windrow.common.artifact.disk.DiskStorage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.statistics.Operations.Overview;
import dev.windrow.common.statistics.Operations.Queue;
import dev.windrow.common.statistics.Operations.SourceStanding;
import dev.windrow.common.statistics.Operations.SourceTrouble;
import dev.windrow.common.statistics.Operations.Worker;
import dev.windrow.common.statistics.Workers.Seen;
import dev.windrow.common.statistics.jdbc.JdbcExportStatistics;
import dev.windrow.testkit.Migrations;
import dev.windrow.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

final class OperatorViewTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
    private static final Duration LEASE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private final SourceLog log = new SourceLog(clock);
    private StatusDatabase database;
    private JdbcExports exports;
    private JdbcRuns runs;
    private Dataset dataset;
    private Catalog catalog;
    private int ids;

    @BeforeEach
    void open() throws Exception {
        try (SourceConnections connections = new SourceConnections()) {
            catalog = Catalogs.read(
                            Samples.sensors().resolve("catalog.yaml"), connections, CatalogEnvironment.OF_THE_PROCESS)
                    .catalog();
        }
        dataset = catalog.datasets().iterator().next();
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        exports = new JdbcExports(database, clock);
        runs = new JdbcRuns(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private OperatorView view(Seen... workers) throws IOException {
        JdbcExportStatistics table = new JdbcExportStatistics(database::reading);
        Path work = Files.createDirectories(folder.resolve("work"));
        return new OperatorView(
                new OperatorView.Table(
                        table,
                        () -> List.of(workers),
                        new JdbcDeliveries(JdbcClient.create(database.migrationSource()), database::reading)),
                new TableMeters(table, catalog, clock),
                new DiskStorage(
                        work, folder.resolve("artifacts"), folder.resolve("ballast"), new DiskStorage.Limits(0L, null)),
                catalog,
                log,
                clock);
    }

    private Claim claim(String worker) {
        ids++;
        ExportId id = new ExportId(new UUID(NOW.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L | ids));
        ExportRequest request = new ExportRequest(
                dataset.name(), Format.CSV, Map.of(), List.of("at"), FormatOptions.DEFAULT, "readings.zip");
        exports.insert(Export.queued(id, "ann", request, NOW));
        return runs.claimNext(worker, clock.instant(), LEASE).orElseThrow().lastClaim();
    }

    private static Overview overview(OperatorView view) {
        return await().until(view::overview, Optional::isPresent).orElseThrow();
    }

    @Test
    void isNothingWithoutTheTable() throws IOException {
        assertThat(view().overview()).isEmpty();
    }

    @Test
    void knowsWhoIsThereWhoIsSilentAndWhoHasARunThatNobodyHearsOf() throws IOException {
        Migrations.run(database.migrationSource(), database.migrationFolder());
        Claim own = claim("busy");
        Claim lost = claim("lost");
        Seen busy = new Seen("busy", 4, NOW.minusSeconds(600), NOW.minusSeconds(15));
        // JobRunr began anew in that process, and its first server is still on the list.
        Seen before = new Seen("busy", 4, NOW.minusSeconds(900), NOW.minusSeconds(700));
        Seen silent = new Seen("silent", 2, NOW.minusSeconds(600), NOW.minusSeconds(121));

        Overview found = overview(view(silent, before, busy));

        assertThat(found.workers()).extracting(Worker::name).containsExactly("busy", "silent", "lost");
        assertThat(found.workers()).extracting(Worker::present).containsExactly(true, false, true);
        Worker first = found.workers().get(0);
        assertThat(first.since()).isEqualTo(busy.since());
        assertThat(first.runs()).hasSize(1);
        assertThat(first.runs().get(0).export()).isEqualTo(own.id().toString());
        assertThat(found.workers().get(1).runs()).isEmpty();
        assertThat(found.workers().get(2).runs().get(0).export())
                .isEqualTo(lost.id().toString());
        assertThat(found.workers().get(2).concurrency()).isNull();
        assertThat(found.queue()).isEqualTo(new Queue(0, 2, null));
        clock.pass(LEASE);
        assertThat(overview(view(busy)).workers().get(1).present()).isFalse();
    }

    @Test
    void tellsOfASourceWhatCameLastWhoeverWasTold() throws IOException {
        Migrations.run(database.migrationSource(), database.migrationFolder());
        String source = dataset.source().name();
        assertThat(standing(source))
                .extracting(SourceStanding::answered, SourceStanding::error)
                .containsOnlyNulls();
        Claim failed = claim("far");
        runs.fail(failed, new Failure(FailureCode.SOURCE_UNAVAILABLE, "It is away."), NOW);
        SourceTrouble byExport = new SourceTrouble(
                NOW, "source-unavailable", "It is away.", failed.id().toString());
        await().untilAsserted(() -> assertThat(standing(source).error()).isEqualTo(byExport));

        clock.pass(Duration.ofSeconds(1));
        log.answered(source);
        log.failed(source, new SourceException(SourceException.Kind.VALUE, "A row is wrong."));
        await().untilAsserted(() -> assertThat(standing(source).error()).isEqualTo(byExport));
        assertThat(standing(source).answered()).isEqualTo(NOW.plusSeconds(1));

        clock.pass(Duration.ofSeconds(1));
        log.failed(source, new SourceException(SourceException.Kind.QUERY, "Refused.", new IOException("secret")));
        assertThat(standing(source).error())
                .isEqualTo(new SourceTrouble(NOW.plusSeconds(2), "source-query-failed", "Refused.", null));
        clock.pass(Duration.ofDays(8));
        assertThat(standing(source).error()).isNotNull();
    }

    @Test
    void notesWhatASourceSaysToThisProcess() throws Exception {
        Source away = new Source("away", "jdbc:sqlite:" + folder.resolve("none.db"), null, null);
        try (SourceConnections connections = new SourceConnections()) {
            MeteredSource source =
                    new MeteredSource(new JdbcRowSource(connections), new SimpleMeterRegistry(), catalog, log);
            assertThatThrownBy(() -> source.snapshot(away)).isInstanceOf(SourceException.class);
        }
        assertThat(log.answered("away", null)).isNull();
        assertThat(log.trouble("away")).extracting(SourceTrouble::type).isEqualTo("source-unavailable");
    }

    private SourceStanding standing(String source) throws IOException {
        OperatorView view = view();
        return overview(view).sources().stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow();
    }
}
