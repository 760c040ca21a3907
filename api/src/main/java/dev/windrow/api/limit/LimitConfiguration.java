package dev.windrow.api.limit;

import dev.windrow.api.access.CallerLimits;
import dev.windrow.common.quota.Quotas;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Holding callers to their limits. */
@Configuration(proxyBeanMethods = false)
public final class LimitConfiguration {
    @Bean
    StartLimits startLimits(Quotas quotas, Limits limits, Clock clock) {
        return new StartLimits(quotas, limits, clock);
    }

    @Bean
    CallerLimits callerLimits(StartLimits limits) {
        return limits::standing;
    }
}
