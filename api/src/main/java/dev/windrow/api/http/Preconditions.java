package dev.windrow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The conditions of a GET or HEAD, in the order of RFC 9110, section 13.2.2. An invalid date is as good as absent.
 *
 * @param ifMatch the header's lines; empty when there are none
 * @param ifNoneMatch likewise
 */
public record Preconditions(
        List<String> ifMatch,
        @Nullable String ifUnmodifiedSince,
        List<String> ifNoneMatch,
        @Nullable String ifModifiedSince,
        @Nullable String ifRange) {

    /** What the conditions make of the request. */
    public enum Outcome {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    /** Those of a request. */
    public static Preconditions of(HttpServletRequest request) {
        return new Preconditions(
                Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)),
                request.getHeader(HttpHeaders.IF_UNMODIFIED_SINCE),
                Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)),
                request.getHeader(HttpHeaders.IF_MODIFIED_SINCE),
                request.getHeader(HttpHeaders.IF_RANGE));
    }

    /** @param modified to the second */
    public Outcome evaluate(String tag, Instant modified) {
        if (isRefused(tag, modified)) {
            return Outcome.FAILED;
        }
        boolean same = ifNoneMatch.isEmpty()
                ? HttpDates.parse(ifModifiedSince)
                        .filter(since -> !modified.isAfter(since))
                        .isPresent()
                : EntityTags.matchesWeakly(ifNoneMatch, tag);
        return same ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }

    private boolean isRefused(String tag, Instant modified) {
        return ifMatch.isEmpty()
                ? HttpDates.parse(ifUnmodifiedSince).filter(modified::isAfter).isPresent()
                : !EntityTags.matchesStrongly(ifMatch, tag);
    }

    /** Whether a range may be sent (section 13.1.5): no If-Range, or one that is this very tag or date. */
    public boolean allowsRange(String tag, Instant modified) {
        if (ifRange == null) {
            return true;
        }
        Optional<Instant> date = HttpDates.parse(ifRange);
        return date.isPresent() ? date.get().equals(modified) : ifRange.equals(tag);
    }
}
