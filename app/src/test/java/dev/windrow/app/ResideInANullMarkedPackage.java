package dev.windrow.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Without it NullAway looks away from the whole package. */
final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {
    ResideInANullMarkedPackage() {
        super("reside in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
        if (!marked) {
            events.add(SimpleConditionEvent.violated(
                    type, type.getName() + ": the package-info of " + type.getPackageName() + " is not @NullMarked"));
        }
    }
}
