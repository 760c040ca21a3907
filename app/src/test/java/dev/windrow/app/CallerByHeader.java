package dev.windrow.app;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Lets a test say in a header who it is. Added to the product by Spring Boot's {@code spring.main.sources}. */
@Configuration(proxyBeanMethods = false)
class CallerByHeader {
    static final String NAME = "X-Caller";

    @Bean
    @Primary
    Callers callersByHeader() {
        return request -> {
            String name = request.getHeader(NAME);
            return name == null ? Caller.LOCAL : new Caller(name, Rights.ALL, Credential.NONE);
        };
    }
}
