package dev.windrow.api.archive;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Retention;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finding and sending archives. */
@Configuration(proxyBeanMethods = false)
public final class ArchiveConfiguration {
    @Bean
    Archives archives(Reach reach, Datasets datasets, Clock clock) {
        return new Archives(reach, datasets, clock);
    }

    @Bean
    DownloadLog downloadLog(Trail trail) {
        return new DownloadLog(trail);
    }

    @Bean
    StoredArchives storedArchives(ArtifactStore artifacts, Retention retention, Clock clock) {
        return new StoredArchives(artifacts, retention, clock);
    }

    @Bean
    Delivery delivery(StoredArchives archives, ArtifactStore artifacts, DownloadLog log) {
        return new Delivery(archives, artifacts, log);
    }

    @Bean
    Lookups lookups() {
        return new Lookups();
    }

    @Bean
    EntryDelivery entryDelivery(Delivery delivery, Lookups lookups) {
        return new EntryDelivery(delivery, lookups);
    }
}
