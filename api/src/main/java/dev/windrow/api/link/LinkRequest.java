package dev.windrow.api.link;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Durations;
import dev.windrow.api.request.Faults;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * @param expiresIn how long the link is to work
 * @param entry the name of the file that it is for; empty for the archive itself
 */
record LinkRequest(Duration expiresIn, String entry) {
    private static final String FIELD = "expiresIn";
    private static final String ENTRY = "entry";
    private static final Duration DEFAULT = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofDays(7);

    /** Reads the body, which may be missing; ends the request with every fault that there is. */
    static LinkRequest of(HttpServletRequest request) {
        boolean empty = request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
        Object body = empty ? Map.of() : StrictJson.parse(JsonRequest.text(request));
        Faults faults = new Faults();
        if (!(body instanceof Map<?, ?> fields)) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body must be a JSON object.");
        }
        fields.keySet().stream()
                .filter(name -> !name.equals(FIELD) && !name.equals(ENTRY))
                .forEach(name -> faults.add(Faults.pointer(name), "is not a field of this request"));
        Duration asked = fields.containsKey(FIELD) ? duration(fields.get(FIELD), faults) : DEFAULT;
        String entry = fields.containsKey(ENTRY) ? entry(fields.get(ENTRY), faults) : "";
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
        if (entry.getBytes(StandardCharsets.UTF_8).length > LinkToken.LONGEST_ENTRY) {
            faults.add(Faults.pointer(ENTRY), "is too long for a link");
        }
        if (asked.compareTo(Duration.ofSeconds(1)) < 0 || asked.compareTo(LONGEST) > 0) {
            faults.add(Faults.pointer(FIELD), "must be between PT1S and P7D");
        }
        faults.throwIfAny(ProblemType.INVALID_PARAMETERS);
        return new LinkRequest(asked, entry);
    }

    private static String entry(@Nullable Object value, Faults faults) {
        if (value instanceof String name && !name.isEmpty()) {
            return name;
        }
        faults.add(Faults.pointer(ENTRY), "must be the name of a file in the archive");
        return "";
    }

    private static Duration duration(@Nullable Object value, Faults faults) {
        Optional<Duration> time = Durations.parse(value);
        if (time.isEmpty()) {
            faults.add(
                    Faults.pointer(FIELD),
                    "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT1H");
        }
        return time.orElse(DEFAULT);
    }
}
