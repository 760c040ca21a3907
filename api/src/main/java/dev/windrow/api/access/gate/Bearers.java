package dev.windrow.api.access.gate;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * Tells callers apart by what stands after {@code Bearer} (RFC 6750, section 2.1), and nowhere else: what stands in an
 * address ends up in logs, and what a browser sends by itself is sent for other sites too. Safe for use by many
 * threads.
 */
final class Bearers {
    private static final String SCHEME = "bearer ";

    private final Iterable<CredentialReader> readers;
    private final FailedAttempts failures;

    Bearers(Iterable<CredentialReader> readers, FailedAttempts failures) {
        this.readers = readers;
        this.failures = failures;
    }

    /** What a request shows, unread; null for nothing. */
    @Nullable Authentication shown(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (values.isEmpty()) {
            return null;
        }
        String value = values.get(0).strip();
        String token = value.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? value.substring(SCHEME.length()).strip()
                : "";
        if (values.size() > 1 || token.isEmpty()) {
            throw refused(
                    request,
                    "The Authorization header is not one that is read here. Send one: Authorization: Bearer KEY.");
        }
        return new BearerTokenAuthenticationToken(token);
    }

    /** Reads what a request shows. */
    AuthenticationManager of(HttpServletRequest request) {
        return shown -> {
            Caller caller = caller(((BearerTokenAuthenticationToken) shown).getToken(), request);
            return new PreAuthenticatedAuthenticationToken(caller, "", List.of());
        };
    }

    private Caller caller(String token, HttpServletRequest request) {
        try {
            for (CredentialReader reader : readers) {
                if (reader.reads(token)) {
                    return reader.read(token, request.getHeader(HttpHeaders.ORIGIN));
                }
            }
        } catch (CredentialsRefusedException e) {
            String detail = String.valueOf(e.getMessage());
            throw e.isGenuine() ? notAuthenticated(detail) : refused(request, detail);
        }
        throw refused(request, "The credentials are unknown.");
    }

    /**
     * Credentials that hold, or have held, are never counted, so that nobody is shut out by who shares the address, or
     * by a page whose token has ended.
     */
    private RefusedException refused(HttpServletRequest request, String detail) {
        int wait = failures.count(request.getRemoteAddr());
        if (wait > 0) {
            return new RefusedException(new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "Too many requests from this address had credentials that do not hold. Correct them, and wait.")
                    .withNothingLeft("refused-credentials", "q=" + FailedAttempts.MOST + ";w=60", wait));
        }
        return notAuthenticated(detail);
    }

    private static RefusedException notAuthenticated(String detail) {
        return new RefusedException(new ProblemException(ProblemType.NOT_AUTHENTICATED, detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"windrow\", error=\"invalid_token\""));
    }

    /** Nothing was shown where something must be. */
    static ProblemException missing() {
        return new ProblemException(
                        ProblemType.NOT_AUTHENTICATED,
                        "The request has no credentials. Send an API key or a token: Authorization: Bearer KEY.")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"windrow\"");
    }
}
