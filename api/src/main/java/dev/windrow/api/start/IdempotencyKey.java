package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a request: as it is, or as a quoted string (RFC 9651, section 3.3.3), which is the
 * same key.
 */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";

    private static final int MOST = 255;
    /** Quoted, each character may have a backslash before it. */
    private static final int MOST_QUOTED = 2 * MOST + 2;

    private static final Pattern KEY = Pattern.compile("[!-~]{1," + MOST + "}");

    private IdempotencyKey() {}

    /** The key without quotes; empty without the header. What is no key ends the request. */
    static Optional<String> of(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lines.size() == 1 ? key(lines.get(0).strip()) : illegal());
    }

    /** The key that a header of one line has. */
    static String key(String text) {
        String key = text.startsWith("\"") ? unquoted(text) : text;
        return KEY.matcher(key).matches() ? key : illegal();
    }

    private static String unquoted(String text) {
        int end = text.length() - 1;
        if (text.length() > MOST_QUOTED || end == 0 || text.charAt(end) != '"') {
            return illegal();
        }
        StringBuilder key = new StringBuilder();
        int at = 1;
        while (at < end) {
            boolean escaped = text.charAt(at) == '\\';
            at += escaped ? 1 : 0;
            char c = text.charAt(at);
            boolean special = c == '"' || c == '\\';
            if (at == end || special != escaped) {
                return illegal();
            }
            key.append(c);
            at++;
        }
        return key.toString();
    }

    private static String illegal() {
        throw new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The " + HEADER + " header must be given once and be 1 to " + MOST + " visible ASCII characters.");
    }
}
