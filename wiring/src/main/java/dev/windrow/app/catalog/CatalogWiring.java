package dev.windrow.app.catalog;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalog, and what keeps it as its files are. */
@Configuration(proxyBeanMethods = false)
public class CatalogWiring {
    /** What was in the files before they were read: what is written meanwhile counts as a change. */
    @Bean
    CatalogContent catalogContent(WindrowSettings settings) {
        Path path = Catalogs.path(settings);
        try {
            return CatalogContent.of(path);
        } catch (IOException e) {
            throw new RefusedStartException(
                    path + ": can't be read (" + e.getClass().getSimpleName() + "); check the path and its permissions",
                    e);
        }
    }

    @Bean
    Catalog catalog(
            WindrowSettings settings,
            CatalogContent before,
            SourceConnections connections,
            ObjectProvider<CatalogEnvironment> environment) {
        return Catalogs.load(settings, connections, environment(environment));
    }

    private static CatalogEnvironment environment(ObjectProvider<CatalogEnvironment> told) {
        return told.getIfAvailable(() -> CatalogEnvironment.OF_THE_PROCESS);
    }

    @Bean
    CatalogUpdates.Parts catalogParts(
            SourceConnections connections,
            ObjectProvider<CatalogEnvironment> environment,
            RowSource rows,
            ObjectProvider<CatalogListener> listeners) {
        return new CatalogUpdates.Parts(
                connections,
                environment(environment),
                rows,
                listeners.orderedStream().toList());
    }

    @Bean
    CatalogUpdates catalogUpdates(
            Catalog catalog,
            WindrowSettings settings,
            CatalogContent content,
            CatalogUpdates.Parts parts,
            Clock clock) {
        return new CatalogUpdates(catalog, Catalogs.path(settings), content, parts, clock);
    }

    @Bean
    CatalogRounds catalogRounds(CatalogUpdates updates) {
        return new CatalogRounds(updates);
    }

    /** Always up: a catalog that is not taken hurts nobody who exports, and restarting the process would. */
    @Bean
    HealthIndicator catalogHealthIndicator(CatalogUpdates updates) {
        return () -> {
            CatalogUpdates.Standing standing = updates.standing();
            Health.Builder health =
                    Health.up().withDetail("readAt", standing.readAt().toString());
            return standing.problems().isEmpty()
                    ? health.build()
                    : health.withDetail("refused", standing.problems()).build();
        };
    }
}
