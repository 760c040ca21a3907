package dev.windrow.api.resource;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.export.Exports;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an export looks like. */
@Configuration(proxyBeanMethods = false)
public final class ResourceConfiguration {
    @Bean
    Reach reach(Exports exports) {
        return new Reach(exports);
    }

    @Bean
    ExportJson exportJson(Exports exports, Clock clock, JsonAnswers json) {
        return new ExportJson(exports, clock, json);
    }
}
