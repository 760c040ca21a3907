package dev.windrow.app.wiring;

import dev.windrow.app.settings.SecuritySettings.Mode;
import java.util.Set;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Beans that belong to a way of telling callers apart exist only where it is one of {@code windrow.security.mode}. */
abstract sealed class OnMode implements Condition {
    private final Mode mode;

    private OnMode(Mode mode) {
        this.mode = mode;
    }

    @Override
    public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        try {
            return Binder.get(context.getEnvironment())
                    .bind("windrow.security.mode", Bindable.setOf(Mode.class))
                    .orElse(Set.of())
                    .contains(mode);
        } catch (BindException e) {
            // What is no mode is refused when the settings are bound.
            return false;
        }
    }

    /** Callers show tokens of issuers. */
    static final class Jwt extends OnMode {
        Jwt() {
            super(Mode.JWT);
        }
    }

    /** Callers show API keys. */
    static final class ApiKeys extends OnMode {
        ApiKeys() {
            super(Mode.API_KEYS);
        }
    }
}
