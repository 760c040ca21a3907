package dev.windrow.app.wiring;

import dev.windrow.api.access.jwt.Issuer;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.access.key.KeyHolders;
import dev.windrow.app.home.Home;
import dev.windrow.app.keys.CredentialStanding;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.access.Standing;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Retention;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.quota.Weights;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkFiles;
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
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What a process needs to run exports. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnRole.Worker.class)
public class WorkerWiring {
    private static final Logger log = LoggerFactory.getLogger(WorkerWiring.class);

    private static final Duration RESTOCK = Duration.ofSeconds(15);

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
    Runs runs(StatusDatabase status, Weights weights) {
        return new JdbcRuns(status, weights);
    }

    @Bean
    WorkFiles workFiles(Home home) {
        return new WorkFiles(home.work());
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
                        known == null ? null : new KeyHolders(known, clock),
                        security.jwt().issuers().stream().map(Issuer::name).collect(Collectors.toSet()));
    }

    @Bean
    ExportRunner exportRunner(Runs runs, Catalog catalog, RunResources resources, Standing standing) {
        return new ExportRunner(runs, catalog, resources, standing);
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
    AuditExpiry auditExpiry(AuditLog audit, Transactions transactions, WindrowSettings settings, Clock clock) {
        return new AuditExpiry(audit, transactions, settings.retention().audit(), clock);
    }

    @Bean
    Scrub scrub(Retention retention, ArtifactStore artifacts, Clock clock) {
        return new Scrub(retention, artifacts, SCRUBBED_AT_ONCE, clock);
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
            sweeper.every(rhythm.reconcile(), lostRuns);
            sweeper.every(rhythm.reconcile(), engines);
            sweeper.every(rhythm.reconcile(), reconciler);
            sweeper.every(FORGET, () -> rings.forgetLost(clock.instant().minus(FORGET)));
        };
    }

    /** What keeps the disk in order. */
    @Bean
    Consumer<Sweeper> cleaning(
            Janitor janitor, Storage storage, Expiry expiry, AuditExpiry audit, Scrub scrub, Rhythm rhythm) {
        return sweeper -> {
            sweeper.every(rhythm.clean(), janitor);
            sweeper.every(RESTOCK, storage::restock);
            sweeper.every(rhythm.expire(), expiry);
            sweeper.every(rhythm.expire(), audit);
            sweeper.every(rhythm.scrub(), scrub);
        };
    }

    @Bean
    WorkerLifecycle workerLifecycle(
            Worker worker,
            @Qualifier("recovery") Consumer<Sweeper> recovery,
            @Qualifier("cleaning") Consumer<Sweeper> cleaning) {
        return new WorkerLifecycle(worker, recovery.andThen(cleaning));
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
    LostRuns lostRuns(ExportUpkeep upkeep, Presence presence, ExportQueue queue, Clock clock) {
        return new LostRuns(upkeep, presence, queue, clock);
    }

    @Bean
    Janitor janitor(
            ExportUpkeep upkeep,
            ArtifactStore artifacts,
            WorkFiles files,
            Home home,
            WindrowSettings settings,
            Clock clock) {
        // What is set aside may hold people's data: it is kept no longer than an archive.
        return new Janitor(
                upkeep,
                artifacts,
                files,
                new Quarantine(home.quarantine(), settings.retention().artifacts(), clock));
    }

    @Bean
    HealthIndicator workerHealthIndicator(Worker worker) {
        return () -> worker.isRunning() ? Health.up().build() : Health.down().build();
    }
}
