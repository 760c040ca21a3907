package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment's values in the place of <code>${NAME}</code> and <code>${NAME:default}</code>. */
final class Substitution {
    private static final String OPENED = "${";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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
        boolean complete = true;
        int last = text.lastIndexOf('}');
        int at = 0;
        for (int open = text.indexOf(OPENED); open >= 0; open = text.indexOf(OPENED, at)) {
            whole.append(text, at, open);
            Placeholder placeholder = placeholder(text, open, last);
            String value = value(placeholder, place, line);
            complete &= value != null;
            whole.append(value == null ? "" : value);
            at = placeholder.end();
        }
        return complete ? whole.append(text, at, text.length()).toString() : null;
    }

    /**
     * One place for a value.
     *
     * @param name null for one that begins no variable
     * @param preset null without one
     * @param end where the text goes on
     */
    private record Placeholder(
            @Nullable String name, @Nullable String preset, int end) {}

    /** @param last where the text's last brace is closed: a placeholder that begins later has no end to look for */
    private static Placeholder placeholder(String text, int open, int last) {
        int begin = open + OPENED.length();
        Matcher name = NAME.matcher(text).region(begin, text.length());
        if (name.lookingAt() && name.end() <= last) {
            int close = text.indexOf('}', name.end());
            if (close == name.end()) {
                return new Placeholder(name.group(), null, close + 1);
            } else if (text.charAt(name.end()) == ':') {
                return new Placeholder(name.group(), text.substring(name.end() + 1, close), close + 1);
            }
        }
        return new Placeholder(null, null, begin);
    }

    private @Nullable String value(Placeholder placeholder, Place place, int line) {
        String name = placeholder.name();
        if (name == null) {
            place.problem(line, "a \"${\" that begins no variable; write ${NAME} or ${NAME:default}");
            return null;
        }
        String value = environment.apply(name);
        if (value != null) {
            inserted.add(value);
            return value;
        }
        if (placeholder.preset() == null) {
            place.problem(
                    line, "the environment variable " + name + " is not set; set it, or write ${" + name + ":default}");
        }
        return placeholder.preset();
    }
}
