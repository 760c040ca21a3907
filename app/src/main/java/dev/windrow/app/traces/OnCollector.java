package dev.windrow.app.traces;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Beans that show traces exist only where a collector is named that takes them. */
final class OnCollector implements Condition {
    /** Spring Boot's own. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    static boolean isNamed(Environment environment) {
        return StringUtils.hasText(environment.getProperty(ENDPOINT));
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isNamed(context.getEnvironment());
    }
}
