package dev.windrow.app;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;

/** An adapter sees the package above it, the words that all share, and its own rooms. */
final class KnowTheOwnPortAlone extends ArchCondition<JavaClass> {
    private final String root;
    private final Adapters adapters;

    KnowTheOwnPortAlone(String root) {
        super("know their own port alone, if they are adapters");
        this.root = root;
        this.adapters = new Adapters(root);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        adapters.adapterOf(type).ifPresent(adapter -> {
            String port = adapter.substring(0, adapter.lastIndexOf('.'));
            // A list: the catalog's own adapter names the catalog twice.
            List<String> allowed = List.of(
                    port,
                    root + ".common.access",
                    root + ".common.catalog",
                    // What is counted of owners stands in the status database: a start is one transaction with it.
                    root + ".common.quota",
                    root + ".common.transaction",
                    // What an export was allowed is kept in its row.
                    root + ".common.access",
                    root + ".common.options",
                    root + ".common.text",
                    root + ".common.url",
                    root + ".common.thread");
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                boolean ours = target.getPackageName().startsWith(root + ".");
                boolean own = adapters.adapterOf(target).equals(Optional.of(adapter));
                // What is told of an export has its id.
                boolean told = port.equals(root + ".common.outbox")
                        && target.getPackageName().equals(root + ".common.export");
                if (ours && !own && !told && !allowed.contains(target.getPackageName())) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                }
            }
        });
    }
}
