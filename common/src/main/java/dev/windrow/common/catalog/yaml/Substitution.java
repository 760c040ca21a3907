package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.yaml.Report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment's values in the place of <code>${NAME}</code> and <code>${NAME:default}</code>. */
final class Substitution {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?})?");

    private final Function<String, @Nullable String> environment;
    private final List<String> inserted = new ArrayList<>();

    Substitution(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** Every value put in so far, which no message may repeat. */
    List<String> inserted() {
        return List.copyOf(inserted);
    }

    /** The text with its values; null when one is missing, which is reported. */
    @Nullable String apply(String text, Place place, int line) {
        StringBuilder whole = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        boolean complete = true;
        while (matcher.find()) {
            String value = value(matcher, place, line);
            complete &= value != null;
            matcher.appendReplacement(whole, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(whole);
        return complete ? whole.toString() : null;
    }

    private @Nullable String value(Matcher matcher, Place place, int line) {
        String name = matcher.group(1);
        if (name == null) {
            place.problem(line, "a \"${\" that begins no variable; write ${NAME} or ${NAME:default}");
            return null;
        }
        String value = environment.apply(name);
        if (value != null) {
            inserted.add(value);
            return value;
        }
        if (matcher.group(2) == null) {
            place.problem(
                    line, "the environment variable " + name + " is not set; set it, or write ${" + name + ":default}");
        }
        return matcher.group(2);
    }
}
