package dev.windrow.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Turns everything that controllers and the framework throw into a problem document. A border: it catches all there is.
 */
@RestControllerAdvice
final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted() || thrown instanceof AsyncRequestNotUsableException) {
            // The answer has begun or nobody listens any more; the container cuts the connection, which is all that can
            // be said.
            log.debug("answer cut short", thrown);
            return;
        }
        Optional<ProblemException> problem = problem(thrown, request);
        if (problem.isPresent()) {
            problem.get().tell(request);
            writer.write(response, problem.get());
        } else {
            writer.writeDefect(response, thrown);
        }
    }

    private static Optional<ProblemException> problem(Throwable thrown, HttpServletRequest request) {
        Optional<ProblemException> ours = ProblemWriter.ours(thrown);
        if (ours.isPresent()) {
            return ours;
        }
        if (thrown instanceof ErrorResponse error && error.getStatusCode().value() < 500) {
            return Optional.of(framework(thrown, error, request));
        }
        return Optional.empty();
    }

    private static ProblemException framework(Throwable thrown, ErrorResponse error, HttpServletRequest request) {
        if (thrown instanceof HttpMediaTypeNotAcceptableException
                && !isReadable(request.getHeaders(HttpHeaders.ACCEPT))) {
            return new ProblemException(ProblemType.MALFORMED_REQUEST, "The Accept header can't be read.");
        }
        ProblemType type = ProblemType.ofStatus(error.getStatusCode().value());
        ProblemException problem = new ProblemException(type, detail(type));
        if (thrown instanceof HttpRequestMethodNotSupportedException e) {
            return problem.withHeader(HttpHeaders.ALLOW, allow(e));
        }
        error.getHeaders().forEach((name, values) -> values.forEach(value -> problem.withHeader(name, value)));
        return problem;
    }

    /** The framework takes a malformed Accept for one that accepts nothing. */
    private static boolean isReadable(Enumeration<String> accept) {
        try {
            MediaType.parseMediaTypes(Collections.list(accept));
            return true;
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** The framework answers HEAD and OPTIONS by itself, but does not say so. */
    private static String allow(HttpRequestMethodNotSupportedException e) {
        Set<String> methods = new LinkedHashSet<>();
        for (String method : Optional.ofNullable(e.getSupportedMethods()).orElse(new String[0])) {
            methods.add(method);
            if (method.equals("GET")) {
                methods.add("HEAD");
            }
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    /** The framework's own words are for its programmers. */
    static String detail(ProblemType type) {
        return switch (type) {
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> "This path does not take the method; see the Allow header.";
            case NOT_ACCEPTABLE -> "The answer is application/json, which the Accept header rules out.";
            case UNSUPPORTED_MEDIA_TYPE -> "This path does not take the Content-Type of the body.";
            case NOT_AUTHENTICATED -> "The request has no credentials that hold.";
            case FORBIDDEN -> "The request is not allowed.";
            case REQUEST_TIMEOUT -> "The request took too long to arrive.";
            case TOO_LARGE -> "The request is too large.";
            case INTERNAL -> "The request failed because of a defect. It was logged.";
            default -> "The request can't be understood.";
        };
    }
}
