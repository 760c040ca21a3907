package dev.windrow.app.traces;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/** The opposite of {@link OnCollector}. */
final class OffCollector extends NoneNestedConditions {
    OffCollector() {
        super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @Conditional(OnCollector.class)
    static final class Named {}
}
