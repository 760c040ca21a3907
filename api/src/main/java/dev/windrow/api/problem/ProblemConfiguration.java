package dev.windrow.api.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What routes and the framework throw, as problem documents; for every role, since none is without routes. */
@Configuration(proxyBeanMethods = false)
public final class ProblemConfiguration {
    @Bean
    ProblemAdvice problemAdvice(ProblemWriter writer) {
        return new ProblemAdvice(writer);
    }

    @Bean
    ProblemErrorController problemErrorController(ProblemWriter writer) {
        return new ProblemErrorController(writer);
    }
}
