package dev.windrow.app;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a test say in headers who it is, and what its credentials would say. Added to the product by Spring Boot's
 * {@code spring.main.sources}.
 */
@Configuration(proxyBeanMethods = false)
class CallerByHeader {
    static final String NAME = "X-Caller";
    /** Words with commas between them; {@code export} where there is no such header. */
    static final String ROLES = "X-Roles";
    /** A JSON object. */
    static final String CLAIMS = "X-Claims";
    /** Names with commas between them; all where there is no such header. */
    static final String DATASETS = "X-Datasets";

    private static final ObjectReader JSON = JsonMapper.shared()
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.USE_LONG_FOR_INTS);

    @Bean
    @Primary
    Callers callersByHeader() {
        return request -> {
            String name = request.getHeader(NAME);
            String roles = request.getHeader(ROLES);
            String claims = request.getHeader(CLAIMS);
            String datasets = request.getHeader(DATASETS);
            if (name == null) {
                return Caller.LOCAL;
            }
            Rights rights = new Rights(
                    Set.of((roles == null ? "export" : roles).split(",")),
                    datasets == null ? null : Set.of(datasets.split(",")),
                    claims == null ? Map.of() : JSON.readValue(claims),
                    Allowance.USUAL,
                    Terms.NONE);
            return new Caller(name, rights, new Credential(Credential.Kind.API_KEY, name, null));
        };
    }
}
