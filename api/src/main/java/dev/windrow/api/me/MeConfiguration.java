package dev.windrow.api.me;

import dev.windrow.api.access.CallerLimits;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.http.JsonAnswers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Telling callers who they are; of keys too, where there are {@link ApiKeys}. */
@Configuration(proxyBeanMethods = false)
public final class MeConfiguration {
    @Bean
    MeController meController(JsonAnswers json, ObjectProvider<CallerLimits> limits, ObjectProvider<ApiKeys> keys) {
        return new MeController(json, limits.getIfAvailable(() -> CallerLimits.UNCOUNTED), keys.getIfAvailable());
    }
}
