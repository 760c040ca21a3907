package dev.windrow.app.hostile;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A regular expression of the product.
 *
 * @param where its class and method
 * @param readings how texts are put to it there
 */
record FoundPattern(String where, String regex, int flags, Set<Reading> readings) {
    Pattern compile() {
        return Pattern.compile(regex, flags);
    }

    @Override
    public String toString() {
        return where + " " + regex;
    }
}
