package dev.windrow.app;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Holds for our types but those of one room. */
final class OfOthers extends DescribedPredicate<JavaClass> {
    private final String root;
    private final String room;

    OfOthers(String root, String room) {
        super("are ours and not of " + room);
        this.root = root;
        this.room = room;
    }

    @Override
    public boolean test(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.getPackageName().startsWith(root + ".")
                && !element.getPackageName().equals(room);
    }
}
