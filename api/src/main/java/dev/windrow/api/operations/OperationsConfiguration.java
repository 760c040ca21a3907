package dev.windrow.api.operations;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.statistics.Operations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How everything stands. */
@Configuration(proxyBeanMethods = false)
public final class OperationsConfiguration {
    @Bean
    OperationsController operationsController(Operations operations, JsonAnswers json) {
        return new OperationsController(operations, json);
    }
}
