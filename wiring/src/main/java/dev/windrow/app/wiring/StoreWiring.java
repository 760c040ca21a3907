package dev.windrow.app.wiring;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.windrow.app.catalog.Catalogs;
import dev.windrow.app.home.Home;
import dev.windrow.app.home.PrivateHome;
import dev.windrow.app.home.Secrets;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.schema.Schema;
import dev.windrow.app.settings.SettingVariables;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.signals.DatedHealth;
import dev.windrow.app.signals.MeteredSource;
import dev.windrow.app.signals.SourceLog;
import dev.windrow.app.signals.StorageMeters;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.artifact.disk.DiskStorage;
import dev.windrow.common.artifact.disk.PrivateFolder;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.export.Retention;
import dev.windrow.common.export.jdbc.JdbcExportSizes;
import dev.windrow.common.export.jdbc.JdbcExportUpkeep;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcIdempotencyKeys;
import dev.windrow.common.export.jdbc.JdbcRetention;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.quota.Weights;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.Drivers;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.trace.Traces;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What every role has: the home, the two databases, the catalog, the sources and the artifacts. */
@Configuration(proxyBeanMethods = false)
public class StoreWiring {
    /** In milliseconds, which is what the status table keeps: a moment is the same before and after it was stored. */
    @Bean
    Clock clock(WindrowSettings settings, StatusDatabase status) {
        return Databases.clock(settings, status);
    }

    /** They are in the order of their time, and so are exports that wait. */
    @Bean
    Supplier<ExportId> exportIds(Clock clock) {
        TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator(null, new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return clock.millis();
            }
        });
        return () -> new ExportId(generator.generate());
    }

    @Bean
    Home home(WindrowSettings settings) {
        // A variable that is misspelt may be the one that names the catalog.
        SettingVariables.check(System.getenv());
        var unused = Catalogs.path(settings);
        return openHome(settings);
    }

    /** Before anything is made, misspelt settings are refused. */
    public static Home openHome(WindrowSettings settings) {
        SettingVariables.check(System.getenv());
        try {
            return PrivateHome.open(settings.home());
        } catch (IOException e) {
            throw new RefusedStartException(
                    "windrow.home: the folder can't be made or written: " + e.getMessage()
                            + "; name another, or fix its permissions",
                    e);
        }
    }

    @Bean
    StatusDatabase statusDatabase(WindrowSettings settings, Home home, Storage storage) {
        return Databases.status(settings, home, storage::relieve);
    }

    @Bean
    QueueDatabase queueDatabase(WindrowSettings settings, Home home, StatusDatabase status) {
        return Databases.queue(settings, home, status);
    }

    @Bean
    RingStore ringStore(WindrowSettings settings, StatusDatabase status, QueueDatabase queue) {
        // The status table comes first: its check has the better words for a database that was never migrated.
        if (settings.role() == WindrowSettings.Role.ALL) {
            Schema.migrate(status, queue);
        }
        Schema.check(status);
        return RingStore.open(queue);
    }

    /** Once the table of them is there. */
    @Bean
    Secrets secrets(WindrowSettings settings, StatusDatabase status, RingStore migrated) {
        return settings.database().isEmbedded() ? Secrets.ofHome() : Secrets.of(status);
    }

    @Bean
    Weights weights(WindrowSettings settings) {
        return new Weights(settings.fair().weights());
    }

    @Bean
    Exports exports(StatusDatabase status, Clock clock, Weights weights, Traces traces) {
        return new JdbcExports(status.forRequests(), clock, weights, traces::here);
    }

    @Bean
    DatedHealth statusTableHealthIndicator(StatusDatabase status, Clock clock) {
        return new DatedHealth(
                new StatusTableHealth(() -> Schema.touch(status)),
                "look for \"not ready\" in the log: the disk, its permissions, the database server",
                clock);
    }

    @Bean
    ExportSizes exportSizes(StatusDatabase status) {
        return new JdbcExportSizes(status.forRequests());
    }

    @Bean
    Storage storage(WindrowSettings settings, Home home) {
        DataSize reserve = settings.storage().reserve();
        DataSize budget = settings.storage().budget();
        DiskStorage.Limits limits = new DiskStorage.Limits(
                reserve == null ? null : reserve.toBytes(), budget == null ? null : budget.toBytes());
        try {
            Path archives = settings.artifacts().folder().orElse(home.artifacts());
            PrivateFolder.create(archives);
            return new DiskStorage(home.work(), archives, home.ballast(), limits);
        } catch (IOException e) {
            throw new RefusedStartException("The disk of windrow.home can't be asked for its free space", e);
        }
    }

    @Bean
    StorageMeters storageMeters(Storage storage) {
        return new StorageMeters(storage);
    }

    @Bean
    ExportUpkeep exportUpkeep(StatusDatabase status) {
        return new JdbcExportUpkeep(status);
    }

    @Bean
    Retention retention(StatusDatabase status) {
        return new JdbcRetention(status);
    }

    @Bean
    IdempotencyKeys keys(StatusDatabase status) {
        return new JdbcIdempotencyKeys(status.forRequests());
    }

    @Bean
    Transactions transactions(StatusDatabase status) {
        return status.forRequests().transactions();
    }

    @Bean
    AuditLog auditLog(StatusDatabase status) {
        return Databases.audit(status.forRequests());
    }

    @Bean
    SourceConnections sourceConnections(WindrowSettings settings, Home home) {
        Drivers.load(settings.drivers() == null ? home.drivers() : settings.drivers());
        return new SourceConnections();
    }

    @Bean
    SourceLog sourceLog(Clock clock) {
        return new SourceLog(clock);
    }

    @Bean
    RowSource rowSource(
            SourceConnections connections,
            WindrowSettings settings,
            Home home,
            Catalog catalog,
            Secrets secrets,
            MeterRegistry meters,
            SourceLog log) {
        MaskKey key = maskKey(settings, home, catalog, secrets);
        return new MeteredSource(new JdbcRowSource(connections, key), meters, catalog, log);
    }

    /** Made only where a catalog hashes something. */
    private static MaskKey maskKey(WindrowSettings settings, Home home, Catalog catalog, Secrets secrets) {
        String secret = settings.security().maskKey();
        if (secret != null || !Catalogs.hashes(catalog)) {
            return secret == null ? MaskKey.NONE : MaskKey.of(secret);
        }
        if (settings.role() != WindrowSettings.Role.ALL && settings.database().isEmbedded()) {
            throw new RefusedStartException(
                    "The catalog hashes masked values, and with windrow.role="
                            + settings.role() + " other machines must hash them with the same secret: set"
                            + " windrow.security.mask-key to the same on all of them, such as what `openssl rand -hex 32` prints");
        }
        try {
            return MaskKey.of(secrets.of(home.maskSecret()));
        } catch (IOException e) {
            throw new RefusedStartException(
                    home.maskSecret() + ", which hashes masked values, can't be made or read: " + e.getMessage()
                            + "; fix its permissions, or set windrow.security.mask-key",
                    e);
        }
    }

    @Bean
    ArtifactPlace artifactPlace(WindrowSettings settings, Home home) {
        return ArtifactPlace.open(settings, home);
    }

    @Bean
    ArtifactStore artifacts(ArtifactPlace place) {
        return place.store();
    }

    @Bean
    Segments segments(ArtifactPlace place) {
        return place.segments();
    }

    @Bean
    DirectLinks directLinks(ArtifactPlace place) {
        return place.links();
    }

    /** Where status table and archives have always been in the home, all that was ever published is in its store. */
    @Bean
    Artifact.Store ownStore(ArtifactStore artifacts, WindrowSettings settings) {
        boolean inHome = settings.artifacts().url() == null;
        return new Artifact.Store(
                artifacts.name(), inHome && settings.database().isEmbedded());
    }

    @Bean
    StoreNotice storeNotice(WindrowSettings settings, Artifact.Store own, Retention retention) {
        return new StoreNotice(settings, own, retention);
    }
}
