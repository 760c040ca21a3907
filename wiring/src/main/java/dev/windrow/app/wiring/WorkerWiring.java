package dev.windrow.app.wiring;

import dev.windrow.api.access.jwt.Issuer;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.access.key.KeyHolders;
import dev.windrow.app.home.Home;
import dev.windrow.app.keys.CredentialStanding;
import dev.windrow.app.outbox.CarrierWiring;
import dev.windrow.app.outbox.CarryingWiring;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.signals.DatedHealth;
import dev.windrow.app.signals.MeteredRuns;
import dev.windrow.app.signals.MeteredUpkeep;
import dev.windrow.app.signals.RunMeters;
import dev.windrow.common.access.Standing;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.NoSegments;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Retention;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.quota.Weights;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.files.Replicas;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkFiles;
import dev.windrow.worker.outbox.OutboxExpiry;
import dev.windrow.worker.outbox.Relay;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.Worker;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import dev.windrow.worker.run.ExportRunner;
import dev.windrow.worker.run.RunResources;
import dev.windrow.worker.run.RunSettings;
import dev.windrow.worker.sweep.AuditExpiry;
import dev.windrow.worker.sweep.Expiry;
import dev.windrow.worker.sweep.Janitor;
import dev.windrow.worker.sweep.LostRuns;
import dev.windrow.worker.sweep.OtherEngines;
import dev.windrow.worker.sweep.Presence;
import dev.windrow.worker.sweep.Quarantine;
import dev.windrow.worker.sweep.Reconciler;
import dev.windrow.worker.sweep.Scrub;
import dev.windrow.worker.sweep.Sweeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a process needs to run exports. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnRole.Worker.class)
@Import({CarrierWiring.class, CarryingWiring.class})
public class WorkerWiring {
    private static final Logger log = LoggerFactory.getLogger(WorkerWiring.class);

    private static final Duration RESTOCK = Duration.ofSeconds(15);

    /** How long a run whose archive is made waits for a bucket that is away, before the export is tried again. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Of the pause between two looks for files that no export owns; in a bucket each look costs money. */
    private static final int RARELY = 30;

    private static final Duration AUDIT = Duration.ofMinutes(1);

    private static final Duration FORGET = Duration.ofMinutes(10);

    /** Bytes per turn. */
    private static final long SCRUBBED_AT_ONCE = 20_000_000;

    @Bean
    DeflatePool deflatePool() {
        return new DeflatePool(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    Rhythm rhythm() {
        Rhythm rhythm = Rhythm.of(System.getProperty(Rhythm.SHARE));
        if (!rhythm.equals(Rhythm.PRODUCT)) {
            log.warn("Leases and sweeps are shortened by -D{}: for tests alone", Rhythm.SHARE);
        }
        return rhythm;
    }

    /** Twice as often as for lost runs: somebody waits to be told. */
    @Bean
    Relay.Timing relayTiming(Rhythm rhythm) {
        return new Relay.Timing(rhythm.reconcile().dividedBy(2), rhythm.lease());
    }

    @Bean
    RunSettings runSettings(WindrowSettings settings, Rhythm rhythm) {
        return new RunSettings(
                ProcessName.get(),
                settings.worker().compressionLevel(),
                rhythm.lease(),
                rhythm.hung(),
                settings.worker().checkpointInterval(),
                settings.retention().artifacts(),
                "Windrow " + Version.get());
    }

    @Bean
    RunMeters runMeters(MeterRegistry meters, Catalog catalog, Clock clock) {
        return new RunMeters(meters, catalog, clock);
    }

    @Bean
    Runs runs(StatusDatabase status, Weights weights, RunMeters meters) {
        return new MeteredRuns(new JdbcRuns(status.forRuns(), weights), meters);
    }

    @Bean
    WorkFiles workFiles(Home home, Segments segments, WindrowSettings settings) {
        Replicas replicas = areKept(segments)
                ? new Replicas(segments, settings.artifacts().segment().toBytes(), PATIENCE)
                : Replicas.NONE;
        return new WorkFiles(home.work(), replicas);
    }

    private static boolean areKept(Segments segments) {
        return !(segments instanceof NoSegments);
    }

    @Bean
    RunResources runResources(
            RowSource source,
            ArtifactStore artifacts,
            WorkFiles files,
            Storage storage,
            DeflatePool deflate,
            Clock clock,
            RunSettings settings) {
        return new RunResources(source, artifacts, files, new RunSpace(storage), deflate, clock, settings);
    }

    @Bean
    Standing standing(WindrowSettings settings, ObjectProvider<ApiKeys> keys, Clock clock) {
        SecuritySettings security = settings.security();
        ApiKeys known = keys.getIfAvailable();
        return security.isOpen()
                ? Standing.ALWAYS
                : new CredentialStanding(
                        security.isOfApplication(),
                        known == null ? null : new KeyHolders(known, clock),
                        security.jwt().issuers().stream().map(Issuer::name).collect(Collectors.toSet()));
    }

    @Bean
    ExportRunner exportRunner(Runs runs, Catalog catalog, RunResources resources, Standing standing, Traces traces) {
        return new ExportRunner(runs, catalog, resources, standing, traces);
    }

    @Bean(destroyMethod = "")
    Worker worker(
            RingStore rings, QueueDatabase queue, ExportRunner runner, OtherEngines engines, WindrowSettings settings) {
        return new Worker(
                rings,
                queue,
                runner,
                engines::names,
                ProcessName.get(),
                settings.worker().exportsAtOnce());
    }

    @Bean
    OtherEngines otherEngines(Presence presence, DeflatePool deflate, ExportRunner runner, WindrowSettings settings) {
        WindrowSettings.Worker worker = settings.worker();
        return new OtherEngines(
                presence,
                () -> deflate.engine(worker.compressionLevel()),
                () -> runner.running() < worker.exportsAtOnce());
    }

    @Bean
    Expiry expiry(Retention retention, ArtifactStore artifacts, WindrowSettings settings, Clock clock) {
        return new Expiry(retention, artifacts, settings.retention().records(), clock);
    }

    @Bean
    AuditExpiry auditExpiry(AuditLog audit, StatusDatabase status, WindrowSettings settings, Clock clock) {
        // Not those that callers wait for: it may take its time.
        return new AuditExpiry(
                audit, status.transactions(), settings.retention().audit(), clock);
    }

    @Bean
    Scrub scrub(Retention retention, ArtifactStore artifacts, Artifact.Store own, Clock clock) {
        return new Scrub(retention, artifacts, own, SCRUBBED_AT_ONCE, clock);
    }

    @Bean
    Reconciler reconciler(ExportUpkeep upkeep, ExportQueue queue, RingStore rings, Clock clock) {
        return new Reconciler(upkeep, queue, rings::waiting, clock);
    }

    /** What gets exports going again, which a user may be waiting for. */
    @Bean
    Consumer<Sweeper> recovery(
            LostRuns lostRuns,
            OtherEngines engines,
            Reconciler reconciler,
            RingStore rings,
            Clock clock,
            Rhythm rhythm) {
        return sweeper -> {
            sweeper.every(rhythm.reconcile(), lostRuns, engines, reconciler);
            sweeper.every(FORGET, () -> rings.forgetLost(clock.instant().minus(FORGET)));
        };
    }

    /** What keeps the disk in order. */
    @Bean
    Consumer<Sweeper> cleaning(
            @Qualifier("janitors") Consumer<Sweeper> janitors,
            Storage storage,
            Expiry expiry,
            AuditExpiry audit,
            Scrub scrub,
            OutboxExpiry outbox,
            Rhythm rhythm) {
        return sweeper -> {
            janitors.accept(sweeper);
            sweeper.every(FORGET, outbox);
            sweeper.every(RESTOCK, storage::restock);
            sweeper.every(rhythm.expire(), expiry);
            sweeper.every(AUDIT, audit);
            sweeper.every(rhythm.scrub(), scrub);
        };
    }

    @Bean
    WorkerLifecycle workerLifecycle(
            Worker worker,
            @Qualifier("recovery") Consumer<Sweeper> recovery,
            @Qualifier("cleaning") Consumer<Sweeper> cleaning,
            @Qualifier("visiting") Consumer<Sweeper> visiting) {
        return new WorkerLifecycle(worker, recovery.andThen(cleaning).andThen(visiting));
    }

    @Bean
    Presence presence(Home home) {
        try {
            return Presence.open(home.workers(), ProcessName.get());
        } catch (IOException e) {
            throw new RefusedStartException("windrow.home: a worker can't lock a file in it: " + e.getMessage(), e);
        }
    }

    /** The presence comes first: whatever this process claims, it claims while its lock is held. */
    @Bean
    LostRuns lostRuns(
            ExportUpkeep upkeep, Presence presence, ExportQueue queue, Clock clock, Rhythm rhythm, RunMeters meters) {
        return new LostRuns(new MeteredUpkeep(upkeep, meters), presence, queue, clock, rhythm.grace());
    }

    /** What is set aside may hold people's data: it is kept no longer than an archive. */
    @Bean
    Supplier<Quarantine> quarantine(Home home, WindrowSettings settings, Clock clock) {
        return () -> new Quarantine(home.quarantine(), settings.retention().artifacts(), clock);
    }

    @Bean
    Consumer<Sweeper> janitors(
            ExportUpkeep upkeep, ArtifactPlace place, WorkFiles files, Supplier<Quarantine> quarantine, Rhythm rhythm) {
        if (!areKept(place.segments())) {
            Janitor home = Janitor.ofHome(upkeep, place.store(), files, quarantine.get());
            return sweeper -> sweeper.every(rhythm.clean(), home);
        }
        Janitor work = Janitor.ofWork(upkeep, files, quarantine.get());
        Janitor bucket = Janitor.ofBucket(upkeep, place.store(), place.segments(), quarantine.get());
        return sweeper -> {
            sweeper.every(rhythm.clean(), work);
            sweeper.every(rhythm.clean().multipliedBy(RARELY), bucket);
        };
    }

    @Bean
    DatedHealth workerHealthIndicator(Worker worker, Clock clock) {
        return new DatedHealth(
                () -> worker.isRunning() ? Health.up().build() : Health.down().build(),
                "wait for a minute, it is started again by itself; then look for JobRunr in the log",
                clock);
    }
}
