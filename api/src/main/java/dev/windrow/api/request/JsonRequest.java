package dev.windrow.api.request;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Takes the JSON text of a request: of the right media type and of a bounded size, so that nothing a client sends costs
 * more memory than that.
 */
public final class JsonRequest {
    /** The longest body, in bytes. */
    static final int MOST_BYTES = 64 * 1024;

    private JsonRequest() {}

    /** The body as text. Blocks while the client sends. */
    public static String text(HttpServletRequest request) {
        checkMediaType(request);
        byte[] body = read(request);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not UTF-8.");
        }
    }

    private static void checkMediaType(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.")
                    .withHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (types.size() != 1 || !isJson(types.get(0))) {
            throw new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be application/json, in UTF-8.")
                    .withHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        }
    }

    private static boolean isJson(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /**
     * Reads one byte more than is allowed at most, so that a body that does not say its length can't hide it either.
     */
    private static byte[] read(HttpServletRequest request) {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body broke off.");
        }
        if (body.length > MOST_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.TOO_LARGE, "The body is longer than " + MOST_BYTES + " bytes.");
    }
}
