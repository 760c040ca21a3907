package dev.windrow.app.wiring;

import dev.windrow.app.settings.WindrowSettings;
import java.util.Locale;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Beans that belong to a part of Windrow exist only in processes that play it ({@code windrow.role}). */
abstract sealed class OnRole implements Condition {
    private final WindrowSettings.Role not;

    private OnRole(WindrowSettings.Role not) {
        this.not = not;
    }

    @Override
    public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String role = context.getEnvironment().getProperty("windrow.role", WindrowSettings.Role.ALL.toString());
        // A role that does not exist is refused when the settings are bound; here it is no role.
        return !role.toUpperCase(Locale.ROOT).equals(not.name());
    }

    /** The process serves the API. */
    static final class Api extends OnRole {
        Api() {
            super(WindrowSettings.Role.WORKER);
        }
    }

    /** The process runs exports. */
    static final class Worker extends OnRole {
        Worker() {
            super(WindrowSettings.Role.API);
        }
    }
}
