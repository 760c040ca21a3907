package dev.windrow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what is shown to callers as JSON, and answers with it. A tag needs the very bytes of the answer, so the
 * framework's converters are not asked. Safe for use by many threads.
 */
public final class JsonAnswers {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /**
     * The value as JSON in UTF-8, its fields in the order in which they are declared. Goes by way of a string, because
     * half a surrogate pair in a caller's text then becomes a question mark, where a byte generator would throw.
     */
    public byte[] write(Object value) {
        return mapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

    /** 200 with the value and its strong tag, or 304 when the caller has it already (RFC 9110, section 13.1.2). */
    public ResponseEntity<byte[]> fresh(HttpServletRequest request, Object value) {
        return fresh(ifNoneMatch(request), value);
    }

    /** The same where the request is not to be asked any more. */
    public ResponseEntity<byte[]> fresh(List<String> ifNoneMatch, Object value) {
        byte[] body = write(value);
        return fresh(body, EntityTags.strong(body), ifNoneMatch, new HttpHeaders());
    }

    /** The same for a body that is written already, with more headers. */
    public static ResponseEntity<byte[]> fresh(byte[] body, String tag, List<String> ifNoneMatch, HttpHeaders more) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(more);
        headers.set(HttpHeaders.ETAG, tag);
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        if (EntityTags.matchesWeakly(ifNoneMatch, tag)) {
            return new ResponseEntity<>(headers, HttpStatus.NOT_MODIFIED);
        }
        headers.setContentType(MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(body, headers, HttpStatus.OK);
    }

    /** The lines of the request's {@code If-None-Match}; empty when there is none. */
    public static List<String> ifNoneMatch(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH));
    }
}
