package dev.windrow.app;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds for a type that some class outside its package depends on, or that the JVM starts. */
final class BeUsedByAnotherPackage extends ArchCondition<JavaClass> {
    BeUsedByAnotherPackage() {
        super("be used by another package");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean used = type.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .anyMatch(user -> !user.getPackageName().equals(type.getPackageName()));
        if (!used && !isStartedByTheJvm(type)) {
            events.add(SimpleConditionEvent.violated(
                    type, type.getName() + " is public, and no other package uses it: make it package-private"));
        }
    }

    private static boolean isStartedByTheJvm(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent();
    }
}
