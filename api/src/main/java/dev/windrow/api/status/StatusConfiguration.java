package dev.windrow.api.status;

import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.launch.Cancels;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Exports;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
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
    EventController eventController(
            Reach reach, ExportJson json, Watch watch, Clock clock, ObjectProvider<CredentialReader> readers) {
        return new EventController(
                reach, json, watch, clock, readers.orderedStream().toList());
    }

    @Bean
    StatusController statusController(Reach reach, ExportJson json, LongPolls longPolls) {
        return new StatusController(reach, json, longPolls);
    }

    @Bean
    ListController listController(Exports exports, ExportJson view) {
        return new ListController(exports, view);
    }

    @Bean
    Cancels cancels(Exports exports, Reach reach, Clock clock, ExportJson json, Trail trail) {
        return new OwnCancels(exports, reach, clock, json, trail);
    }

    @Bean
    EndController endController(
            Cancels cancels, Exports exports, Reach reach, ArtifactStore artifacts, ExportJson json, Trail trail) {
        return new EndController(cancels, exports, reach, artifacts, json, trail);
    }
}
