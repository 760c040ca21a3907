package dev.windrow.api.problem;

import dev.windrow.common.export.FailureCode;
import java.util.Locale;

/** The kinds of error answers. The names and statuses are part of the HTTP API. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request is malformed"),
    NOT_AUTHENTICATED(401, "No credentials that hold"),
    FORBIDDEN(403, "The request is not allowed"),
    NOT_FOUND(404, "Not found"),
    SUBJECT_NOT_FOUND(404, "The subject of the export was not found"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    NOT_READY(409, "The export is not finished yet"),
    NO_FILE(409, "The export has no file"),
    NOT_ACTIVE(409, "The export has ended already"),
    NOT_RETRYABLE(409, "The export can't be retried"),
    IDEMPOTENCY_KEY_IN_USE(409, "The first request of this Idempotency-Key is still being answered"),
    EXPIRED(410, "The file's time is over"),
    PRECONDITION_FAILED(412, "A precondition failed"),
    TOO_LARGE(413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    RANGE_NOT_SATISFIABLE(416, "No part of the file lies in the range"),
    MISDIRECTED(421, "The request was sent to another server"),
    INVALID_PARAMETERS(422, "The request does not fit the dataset"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
    SOURCE_QUERY_FAILED(422, FailureCode.SOURCE_QUERY_FAILED.title()),
    ROW_UNENCODABLE(422, FailureCode.ROW_UNENCODABLE.title()),
    ROWS_LOST(422, FailureCode.ROWS_LOST.title()),
    RATE_LIMITED(429, "Too many requests"),
    TOO_MANY_ACTIVE_EXPORTS(429, "Too many exports at once"),
    QUOTA_EXCEEDED(429, "The day's quota is used up"),
    INTERNAL(500, "An internal error"),
    UNAVAILABLE(503, "Not available at the moment"),
    STORAGE_FULL(503, "There is no room for another export");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** For people; the same for every problem of the type (RFC 9457, section 3.1.3). */
    public String title() {
        return title;
    }

    /** The stable relative reference of the type. */
    public String uri() {
        return uri(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The relative reference of a problem of that name; failures of exports have names of their own. */
    public static String uri(String name) {
        return "/problems/" + name;
    }

    /**
     * The type that says the most about a bare status code: 4xx that have no type of their own are malformed requests.
     */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_AUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
