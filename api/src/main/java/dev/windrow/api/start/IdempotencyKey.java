package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Idempotency-Key} of a request: as it is, or as a quoted string (RFC 9651, section 3.3.3), which is the same key. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern QUOTED = Pattern.compile("\"((?:[!#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private IdempotencyKey() {}

    /** The key without quotes; empty without the header. What is no key ends the request. */
    static Optional<String> of(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lines.size() == 1 ? key(lines.get(0).strip()) : illegal());
    }

    private static String key(String text) {
        String key = text;
        if (text.startsWith("\"")) {
            Matcher quoted = QUOTED.matcher(text);
            key = quoted.matches() ? ESCAPED.matcher(quoted.group(1)).replaceAll("$1") : illegal();
        }
        return KEY.matcher(key).matches() ? key : illegal();
    }

    private static String illegal() {
        throw new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The " + HEADER + " header must be given once and be 1 to 255 visible ASCII characters.");
    }
}
