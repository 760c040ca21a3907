package dev.windrow.app.traces;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Keeps what Spring Boot makes for traces out of processes that show none, and out of others all but the four that it
 * takes: neither exemplars nor logs go to a collector. It comes first: the next filter would load the libraries to see
 * whether they are there. Named in spring.factories.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TracingFilter implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String BOOT = "org.springframework.boot.";
    private static final String TRACING = BOOT + "micrometer.tracing.";
    private static final String OPENTELEMETRY = BOOT + "opentelemetry.";

    private static final Set<String> TAKEN = Set.of(
            OPENTELEMETRY + "autoconfigure.OpenTelemetrySdkAutoConfiguration",
            TRACING + "autoconfigure.MicrometerTracingAutoConfiguration",
            TRACING + "opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            TRACING + "opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        boolean shown = OnCollector.isNamed(Objects.requireNonNull(environment));
        boolean[] kept = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            kept[i] = name == null || !isOfTraces(name) || shown && TAKEN.contains(name);
        }
        return kept;
    }

    /** What one of them brings is asked for as well, by names of other endings. */
    private static boolean isOfTraces(String name) {
        return name.endsWith("AutoConfiguration")
                && Stream.of(TRACING, OPENTELEMETRY).anyMatch(name::startsWith);
    }
}
