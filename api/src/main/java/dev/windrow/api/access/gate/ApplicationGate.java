package dev.windrow.api.access.gate;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Lets callers in where an application that Windrow is in says who they are: in place of {@link AccessConfiguration},
 * and by the same rules for routes. Nothing of Spring Security's own state is touched, which is the application's.
 * Safe for use by many threads.
 */
public final class ApplicationGate implements Filter {
    private final ApplicationCallers callers;
    private final Turnaway turnaway;
    private final StrictHttpFirewall firewall = Paths.firewall();
    /** Health and metrics are the application's: that path is nobody's here. */
    private final RouteDecision decision = new RouteDecision(Entrance.BY_CREDENTIALS, new RouteRules("/actuator"));

    /** @param turnaway answers who goes no further */
    public ApplicationGate(ApplicationCallers callers, Turnaway turnaway) {
        this.callers = callers;
        this.turnaway = turnaway;
    }

    /** The caller of a request that has come through a gate. */
    public static Caller callerOf(HttpServletRequest request) {
        return CallerArgumentResolver.resolved(request).orElseThrow(ApplicationGate::missing);
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) given;
        HttpServletResponse response = (HttpServletResponse) answer;
        ProblemException problem = refusal(request);
        if (problem == null) {
            chain.doFilter(request, response);
        } else {
            turnaway.answer(request, response, problem);
        }
    }

    private @Nullable ProblemException refusal(HttpServletRequest request) {
        try {
            var unused = firewall.getFirewalledRequest(request);
            if (decision.isOpen(request)) {
                return null;
            }
            Optional<Caller> caller = caller(request);
            return caller.isPresent() ? decision.refusal(caller.get(), request) : missing();
        } catch (RequestRejectedException e) {
            return Paths.unread();
        } catch (ProblemException e) {
            return e;
        }
    }

    /**
     * Asked once of each request: an application's filters need not run again when it is dispatched once more, after it
     * waited for its body or its turn.
     */
    private Optional<Caller> caller(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC
                ? CallerArgumentResolver.resolved(request)
                : callers.of(request);
    }

    private static ProblemException missing() {
        // RFC 9110, section 15.5.2, asks for the header; a scheme that browsers know would have them ask people.
        return new ProblemException(
                        ProblemType.NOT_AUTHENTICATED,
                        "The application does not say who calls. Sign in to it, and ask again.")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Application realm=\"windrow\"");
    }
}
