package dev.windrow.app;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Whoever wants a port gets it passed in; only {@code app} says which adapter it is. */
final class NameNoAdapterOfOthers extends ArchCondition<JavaClass> {
    private final Adapters adapters;
    private final String app;

    NameNoAdapterOfOthers(String root) {
        super("name no adapter but their own");
        this.adapters = new Adapters(root);
        this.app = root + ".app";
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if ((type.getPackageName() + ".").startsWith(app + ".")) {
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            boolean ofAnother = adapters.adapterOf(target)
                    .filter(adapter -> !adapters.adapterOf(type).equals(adapters.adapterOf(target)))
                    .isPresent();
            if (ofAnother) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }
}
