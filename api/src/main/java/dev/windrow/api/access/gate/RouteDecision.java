package dev.windrow.api.access.gate;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * Decides by the {@link RouteRules} whether a caller comes to a route. Asked again for each dispatch of a request: one
 * whose body or turn was waited for comes to its route by a second. Safe for use by many threads.
 */
final class RouteDecision implements AuthorizationManager<HttpServletRequest> {
    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

    private final Entrance entrance;
    private final RouteRules rules;

    RouteDecision(Entrance entrance, RouteRules rules) {
        this.entrance = entrance;
        this.rules = rules;
    }

    /** Whether a request needs no credentials, so that what it shows is not read. */
    boolean isOpen(HttpServletRequest request) {
        // What is shown of an error has no route.
        if (request.getDispatcherType() == DispatcherType.ERROR
                || entrance == Entrance.OPEN && isOfThisMachine(request)) {
            return true;
        }
        RouteRules.Found found = rules.find(request);
        return found != null && !found.need().credentials();
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> shown, HttpServletRequest request) {
        if (isOpen(request)) {
            return GRANTED;
        }
        if (entrance == Entrance.OPEN) {
            return new Denial(nothingHere());
        }
        ProblemException problem = refusal(caller(shown.get()), request);
        return problem == null ? GRANTED : new Denial(problem);
    }

    /** Why a caller does not come to a route that is not {@link #isOpen}; null for one who does. */
    @Nullable ProblemException refusal(Caller caller, HttpServletRequest request) {
        // Who is refused here is known to the audit, too.
        CallerArgumentResolver.resolve(request, caller);
        RouteRules.Found found = rules.find(request);
        if (found == null) {
            return nothingHere();
        } else if (!found.others().isEmpty()) {
            return new ProblemException(
                            ProblemType.METHOD_NOT_ALLOWED, "This path does not take the method; see the Allow header.")
                    .withHeader(HttpHeaders.ALLOW, String.join(", ", found.others()));
        } else if (found.need().role() != null && !caller.has(found.need().role())) {
            return found.need().role().missing();
        }
        return null;
    }

    private static ProblemException nothingHere() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path.");
    }

    /**
     * Whether it came by a loopback address. Where no credentials are asked for all do, but for a port of health and
     * metrics that probes of other machines ask.
     */
    private static boolean isOfThisMachine(HttpServletRequest request) {
        String address = request.getLocalAddr();
        return address != null
                && (address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1"));
    }

    /** The caller of what was read. */
    static Caller caller(@Nullable Authentication read) {
        if (read != null && read.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new AuthenticationCredentialsNotFoundException("no caller");
    }

    /** A no, with its answer. */
    record Denial(ProblemException problem) implements AuthorizationResult {
        @Override
        public boolean isGranted() {
            return false;
        }
    }
}
