package dev.windrow.app;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows an adapter when it sees one: a package below a port's, such as {@code common.export.jdbc}. */
final class Adapters {
    private final Pattern pattern;

    Adapters(String root) {
        this.pattern = Pattern.compile("(" + Pattern.quote(root) + "\\.common\\.\\w+\\.\\w+)(\\..*)?");
    }

    /** The adapter's package; empty for what is no adapter. */
    Optional<String> adapterOf(JavaClass type) {
        Matcher matcher = pattern.matcher(type.getPackageName());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
