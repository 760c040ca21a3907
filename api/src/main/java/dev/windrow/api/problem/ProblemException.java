package dev.windrow.api.problem;

import dev.windrow.common.catalog.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Ends a request with a problem document. Whoever throws it has decided what the caller may know; it is an answer, not
 * a defect, so it has no stack trace and is not logged.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String WITHHELD = ProblemException.class.getName() + ".withheld";

    private final ProblemType type;
    private @Nullable String withheld;
    private final String detail;
    private final transient List<Fault> faults;
    private final transient HttpHeaders headers = new HttpHeaders();

    /** @param detail what is wrong with this request, in words for the caller */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** @param faults everything that is wrong, where it can be told apart; may be empty */
    public ProblemException(ProblemType type, String detail, List<Fault> faults) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.faults = List.copyOf(faults);
    }

    /** No such export, or somebody else's: one answer for both, so that nobody can tell which. */
    public static ProblemException noSuchExport() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such export.");
    }

    /** No such dataset, to one who must not know of it. */
    public static ProblemException withheldDataset(String name) {
        ProblemException problem = noSuchDataset();
        problem.withheld = name;
        return problem;
    }

    /** No such dataset. */
    public static ProblemException noSuchDataset() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such dataset.");
    }

    /** The dataset that was kept from who sent the request, once the answer is written. */
    public static Optional<String> withheld(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(WITHHELD));
    }

    /** Lets {@link #withheld} know. */
    public void tell(HttpServletRequest request) {
        if (withheld != null) {
            request.setAttribute(WITHHELD, withheld);
        }
    }

    /** Adds a header to the answer. */
    public ProblemException withHeader(String name, String value) {
        headers.add(name, value);
        return this;
    }

    /** Says when it makes sense to ask again. */
    public ProblemException withRetryAfter(int seconds) {
        return withHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }

    /**
     * Says of which limit nothing is left, and for how long: the fields of the IETF's draft
     * (draft-ietf-httpapi-ratelimit-headers-10), and {@code Retry-After}.
     *
     * @param limit its name
     * @param policy its quantity and, where it has one, its window: {@code q=20;w=60}
     */
    public ProblemException withNothingLeft(String limit, String policy, int seconds) {
        return withRetryAfter(seconds)
                .withHeader("RateLimit-Policy", '"' + limit + "\";" + policy)
                .withHeader("RateLimit", '"' + limit + "\";r=0;t=" + seconds);
    }

    /** In how many seconds it makes sense to ask again; empty where that is not said. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.RETRY_AFTER));
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    public List<Fault> faults() {
        return faults;
    }

    HttpHeaders headers() {
        return headers;
    }
}
