package dev.windrow.app.wiring;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.windrow.app.home.Home;
import dev.windrow.app.home.KeptSecret;
import dev.windrow.app.home.PrivateHome;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SettingVariables;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.artifact.disk.DiskStorage;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
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
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What every role has: the home, the two databases, the catalog, the sources and the artifacts. */
@Configuration(proxyBeanMethods = false)
public class StoreWiring {
    @Bean
    ReadyLog readyLog(WindrowSettings settings, Home home) {
        return new ReadyLog(settings.role(), home);
    }

    /** In milliseconds, which is what the status table keeps: a moment is the same before and after it was stored. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    Supplier<ExportId> exportIds() {
        TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
        return () -> new ExportId(generator.generate());
    }

    @Bean
    Home home(WindrowSettings settings) {
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
    QueueDatabase queueDatabase(WindrowSettings settings, Home home) {
        return Databases.queue(settings, home);
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

    @Bean
    Weights weights(WindrowSettings settings) {
        return new Weights(settings.fair().weights());
    }

    @Bean
    Exports exports(StatusDatabase status, Clock clock, Weights weights) {
        return new JdbcExports(status, clock, weights);
    }

    @Bean
    StatusTableHealth statusTableHealthIndicator(Exports exports) {
        return new StatusTableHealth(exports);
    }

    @Bean
    ExportSizes exportSizes(StatusDatabase status) {
        return new JdbcExportSizes(status);
    }

    @Bean
    Storage storage(WindrowSettings settings, Home home) {
        DataSize reserve = settings.storage().reserve();
        DataSize budget = settings.storage().budget();
        DiskStorage.Limits limits = new DiskStorage.Limits(
                reserve == null ? null : reserve.toBytes(), budget == null ? null : budget.toBytes());
        try {
            return new DiskStorage(home.work(), home.artifacts(), home.ballast(), limits);
        } catch (IOException e) {
            throw new RefusedStartException("The disk of windrow.home can't be asked for its free space", e);
        }
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
        return new JdbcIdempotencyKeys(status);
    }

    @Bean
    Transactions transactions(StatusDatabase status) {
        return status.transactions();
    }

    @Bean
    AuditLog auditLog(StatusDatabase status) {
        return Databases.audit(status);
    }

    @Bean
    SourceConnections sourceConnections() {
        return new SourceConnections();
    }

    @Bean
    JdbcRowSource rowSource(SourceConnections connections, WindrowSettings settings, Home home, Catalog catalog) {
        return new JdbcRowSource(connections, maskKey(settings, home, catalog));
    }

    /** Made only where a catalog hashes something. */
    private static MaskKey maskKey(WindrowSettings settings, Home home, Catalog catalog) {
        String secret = settings.security().maskKey();
        boolean hashes = catalog.datasets().stream()
                .flatMap(dataset -> dataset.guard().masks().values().stream())
                .anyMatch(masking -> masking.as() == Column.Mask.HASH);
        if (secret != null || !hashes) {
            return secret == null ? MaskKey.NONE : MaskKey.of(secret);
        }
        if (settings.role() != WindrowSettings.Role.ALL) {
            throw new RefusedStartException(
                    "The catalog hashes masked values, and with windrow.role="
                            + settings.role() + " other machines must hash them with the same secret: set"
                            + " windrow.security.mask-key to the same on all of them, such as what `openssl rand -hex 32` prints");
        }
        try {
            return MaskKey.of(KeptSecret.of(home.maskSecret()));
        } catch (IOException e) {
            throw new RefusedStartException(
                    home.maskSecret() + ", which hashes masked values, can't be made or read: " + e.getMessage()
                            + "; fix its permissions, or set windrow.security.mask-key",
                    e);
        }
    }

    @Bean
    Catalog catalog(WindrowSettings settings, Home home, SourceConnections connections) {
        return Catalogs.load(settings, home, connections);
    }

    @Bean
    ArtifactStore artifacts(Home home) {
        try {
            return new DiskArtifactStore(home.artifacts());
        } catch (IOException e) {
            throw new RefusedStartException("The folder of archives can't be used: " + e.getMessage(), e);
        }
    }
}
