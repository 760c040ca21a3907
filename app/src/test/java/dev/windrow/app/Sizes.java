package dev.windrow.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * How much one reader is asked to hold in the head: the types of a package, and what a method or constructor is given.
 */
final class Sizes {
    private static final int MOST_TYPES = 20;
    private static final int MOST_PARAMETERS = 7;

    private static final Set<String> EXEMPT = Set.of(
            // Spring Boot binds one constructor, and the groups of keys are what is bound.
            "dev.windrow.app.settings.WindrowSettings",
            "dev.windrow.app.settings.WindrowSettings$Page",
            "dev.windrow.api.access.jwt.Issuer",
            "dev.windrow.app.settings.SecuritySettings$Key",
            // The names are those of Spring's settings of mail, and flat.
            "dev.windrow.app.settings.MailSettings",
            // The table's JSON is flat, and its names are those of the components.
            "dev.windrow.common.export.jdbc.ExportJson$StoredArtifact",
            "dev.windrow.common.export.jdbc.ExportJson$StoredEntry");

    private Sizes() {}

    static Map<String, ArchRule> rules() {
        return Map.of(
                "a package has 20 types at most", classes().should(new BeOneOfFew()),
                "nothing takes more than 7 parameters", codeUnits().should(new TakeFewParameters()));
    }

    /** Says it once for each package that is too full, of its first type. */
    private static final class BeOneOfFew extends ArchCondition<JavaClass> {
        BeOneOfFew() {
            super("be one of at most " + MOST_TYPES + " types of their package");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String[] types = type.getPackage().getClasses().stream()
                    .filter(each -> each.isTopLevelClass() && !each.isArray())
                    .map(JavaClass::getSimpleName)
                    .filter(name -> !name.equals("package-info"))
                    .sorted()
                    .toArray(String[]::new);
            if (types.length > MOST_TYPES && type.getSimpleName().equals(types[0]) && type.isTopLevelClass()) {
                events.add(SimpleConditionEvent.violated(
                        type, type.getPackageName() + " has " + types.length + " types: " + String.join(", ", types)));
            }
        }
    }

    private static final class TakeFewParameters extends ArchCondition<JavaCodeUnit> {
        TakeFewParameters() {
            super("take at most " + MOST_PARAMETERS + " parameters");
        }

        @Override
        public void check(JavaCodeUnit unit, ConditionEvents events) {
            int parameters = unit.getRawParameterTypes().size() - addedByTheCompiler(unit);
            if (parameters > MOST_PARAMETERS
                    && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && !(unit instanceof JavaConstructor
                            && EXEMPT.contains(unit.getOwner().getName()))) {
                events.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " takes " + parameters));
            }
        }

        /** The name and position of an enum's constant, or the instance around an inner class. */
        private static int addedByTheCompiler(JavaCodeUnit unit) {
            JavaClass owner = unit.getOwner();
            if (!(unit instanceof JavaConstructor)) {
                return 0;
            }
            if (owner.isEnum()) {
                return 2;
            }
            return owner.isInnerClass() ? 1 : 0;
        }
    }
}
