package dev.windrow.api.request;

import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query of a request, read strictly: a name that the route does not know, a name given twice and a broken encoding
 * are faults, not ignored. Belongs to one thread.
 */
public final class QueryParameters {
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final Map<String, String> values = new HashMap<>();
    private final Faults faults = new Faults();

    private QueryParameters() {}

    /** Reads the query; what is wrong is told by {@link #check}. */
    public static QueryParameters of(HttpServletRequest request, Set<String> known) {
        QueryParameters query = new QueryParameters();
        String text = request.getQueryString();
        if (text != null) {
            for (String pair : text.split("&")) {
                if (!pair.isEmpty()) {
                    query.read(pair, known);
                }
            }
        }
        return query;
    }

    /** For a route that takes no query. */
    public static void none(HttpServletRequest request) {
        of(request, Set.of()).check();
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Says that a value is not what the route takes. */
    public void fault(String name, String detail) {
        faults.add(Faults.pointer(name), detail);
    }

    /** Ends the request if anything is wrong with the query. */
    public void check() {
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
    }

    private void read(String pair, Set<String> known) {
        int equals = pair.indexOf('=');
        Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
        Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        if (name.isEmpty()) {
            faults.add("", "has a query with a name that is not percent-encoded UTF-8");
        } else if (!known.contains(name.get())) {
            fault(name.get(), "is not a query parameter of this path");
        } else if (value.isEmpty()) {
            fault(name.get(), "is not percent-encoded UTF-8");
        } else if (values.putIfAbsent(name.get(), value.get()) != null) {
            fault(name.get(), "is given more than once");
        }
    }

    private static Optional<String> decode(String text) {
        if (BROKEN_ESCAPE.matcher(text).find()) {
            return Optional.empty();
        }
        byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
