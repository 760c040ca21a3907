package dev.windrow.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Writes problem documents. The one place that does, so that no error looks different, whether a controller, the
 * framework or the container found it.
 */
public final class ProblemWriter {
    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private static final int RETRY_SECONDS = 5;

    private static final List<String> KEPT = List.of(
            HttpHeaders.ALLOW,
            HttpHeaders.CONNECTION,
            HttpHeaders.VARY,
            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);

    private final JsonAnswers json;
    private final Supplier<UUID> instances;

    /** @param instances a fresh id for each problem, by which its owner and the log speak of the same one */
    public ProblemWriter(JsonAnswers json, Supplier<UUID> instances) {
        this.json = json;
        this.instances = instances;
    }

    /** Answers with the problem, unless an answer has begun already. */
    public void write(HttpServletResponse response, ProblemException problem) throws IOException {
        write(response, problem, instance());
    }

    /** Answers 500 and tells nothing of the inside, which goes to the log under the same instance. */
    public void writeDefect(HttpServletResponse response, Throwable defect) throws IOException {
        String instance = instance();
        write(response, defect(defect, instance), instance);
    }

    /**
     * What is told of a failure where it is part of an answer only.
     *
     * @param document the problem document, as JSON
     */
    public record Told(ProblemException problem, String document) {}

    /** What callers are told of a failure: of a defect nothing of the inside, which goes to the log. */
    public Told told(RuntimeException failure) {
        String instance = instance();
        ProblemException problem = ours(failure).orElseGet(() -> defect(failure, instance));
        return new Told(problem, new String(json.write(Document.of(problem, instance)), StandardCharsets.UTF_8));
    }

    /** The answer to a failure of our own that is no defect; empty for other failures. */
    static Optional<ProblemException> ours(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return Optional.of(problem);
        }
        if (thrown instanceof ExportsUnavailableException) {
            log.warn("status table not available", thrown);
            return Optional.of(new ProblemException(ProblemType.UNAVAILABLE, "The service can't reach its database.")
                    .withRetryAfter(RETRY_SECONDS));
        }
        return Optional.empty();
    }

    private static ProblemException defect(Throwable defect, String instance) {
        log.error("request failed, instance {}", instance, defect);
        return new ProblemException(ProblemType.INTERNAL, "The request failed because of a defect. It was logged.");
    }

    private void write(HttpServletResponse response, ProblemException problem, String instance) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        clear(response);
        response.setStatus(problem.type().status());
        problem.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = json.write(Document.of(problem, instance));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Drops what was said of an answer that is not sent now; the methods that the container names stay, and to which
     * page it may be shown.
     */
    private static void clear(HttpServletResponse response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : KEPT) {
            kept.put(name, List.copyOf(response.getHeaders(name)));
        }
        response.reset();
        AnswerHeaders.setOn(response);
        kept.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    private String instance() {
        return "urn:uuid:" + instances.get();
    }

    private record Document(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {
        static Document of(ProblemException problem, String instance) {
            ProblemType type = problem.type();
            return new Document(type.uri(), type.title(), type.status(), problem.detail(), instance, problem.faults());
        }
    }
}
