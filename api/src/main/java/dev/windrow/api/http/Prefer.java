package dev.windrow.api.http;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code wait} preference of a request (RFC 7240, sections 2 and 4.3). */
public final class Prefer {
    /** The longest that an answer is held; who asks for more gets this. */
    static final int MOST_SECONDS = 60;

    // Nothing that was read is given back, so that no header is read twice.
    private static final String BLANKS = "[ \\t]*+";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final String WORD = "(?:" + TOKEN + "|" + QUOTED + ")";
    private static final String VALUE = "(?:" + BLANKS + "=" + BLANKS + "(?<value>" + WORD + "?))?";
    private static final String PARAMETER =
            "(?:" + BLANKS + ";" + BLANKS + "(?:" + TOKEN + "(?:" + BLANKS + "=" + BLANKS + WORD + "?)?)?)*+";
    private static final Pattern PREFERENCE =
            Pattern.compile("[ \\t,]*+(?<name>" + TOKEN + ")" + VALUE + PARAMETER + BLANKS + "(?:,|$)");

    private Prefer() {}

    /**
     * For how many seconds an answer may be held, at most {@link #MOST_SECONDS}. Empty when nobody asks, and for what
     * can't be understood, which section 2 says to ignore; of several {@code wait}s the first counts.
     */
    public static OptionalInt waitSeconds(List<String> lines) {
        String text = String.join(",", lines);
        Matcher matcher = PREFERENCE.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
            if (matcher.group("name").toLowerCase(Locale.ROOT).equals("wait")) {
                return seconds(matcher.group("value"));
            }
            at = matcher.end();
        }
        return OptionalInt.empty();
    }

    private static OptionalInt seconds(@Nullable String value) {
        String digits = value == null ? "" : value.replace("\"", "");
        if (!digits.matches("[0-9]+")) {
            return OptionalInt.empty();
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return OptionalInt.of(
                significant.length() > 2 ? MOST_SECONDS : Math.min(MOST_SECONDS, Integer.parseInt(significant)));
    }
}
