package dev.windrow.api.status;

import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Exports;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Following, listing and ending exports. */
@Configuration(proxyBeanMethods = false)
public final class StatusConfiguration {
    @Bean
    Watch watch(Exports exports, ExportJson json) {
        return new Watch(exports, json);
    }

    @Bean
    LongPolls longPolls(Watch watch) {
        return new LongPolls(watch);
    }

    @Bean
    EventController eventController(Exports exports, ExportJson json, Watch watch) {
        return new EventController(exports, json, watch);
    }

    @Bean
    StatusController statusController(Exports exports, ExportJson json, LongPolls longPolls) {
        return new StatusController(exports, json, longPolls);
    }

    @Bean
    ListController listController(Exports exports, ExportJson view) {
        return new ListController(exports, view);
    }

    @Bean
    EndController endController(Exports exports, ArtifactStore artifacts, Clock clock, ExportJson json, Trail trail) {
        return new EndController(exports, artifacts, clock, json, trail);
    }
}
