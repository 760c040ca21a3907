package dev.windrow.api.archive;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.archive.far.FarReads;
import dev.windrow.api.problem.ProblemWriter;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Retention;
import dev.windrow.common.trace.Traces;
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
    DownloadLog downloadLog(Trail trail, Traces traces) {
        return new DownloadLog(trail, traces);
    }

    @Bean
    StoredArchives storedArchives(ArtifactStore artifacts, Artifact.Store own, Retention retention, Clock clock) {
        return new StoredArchives(artifacts, own, retention, clock);
    }

    @Bean
    FarReads farReads() {
        return new FarReads();
    }

    @Bean
    Delivery delivery(
            StoredArchives archives,
            ArtifactStore artifacts,
            DirectLinks links,
            Outlet outlet,
            Lookups lookups,
            Clock clock) {
        Redirects redirects = new Redirects(links, outlet.log(), clock);
        return new Delivery(archives, lookups, redirects, outlet, new ArchiveSender(artifacts, outlet));
    }

    @Bean
    Outlet outlet(ArtifactStore artifacts, FarReads reads, ProblemWriter problems, DownloadLog log) {
        return new Outlet(!artifacts.isLocal(), reads, problems, log);
    }

    @Bean
    Lookups lookups() {
        return new Lookups();
    }

    @Bean
    EntryDelivery entryDelivery(Delivery delivery) {
        return new EntryDelivery(delivery);
    }
}
