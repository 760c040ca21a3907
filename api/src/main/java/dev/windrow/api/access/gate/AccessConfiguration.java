package dev.windrow.api.access.gate;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Spring Security, made from an {@link Entrance}, a {@link Clock}, a {@link Turnaway} and any number of
 * {@link CredentialReader}s. Its filters are named here one by one: there are four, and what a builder would add to
 * them (sessions, logins, headers of its own) is what this service must not have.
 */
@Configuration(proxyBeanMethods = false)
public final class AccessConfiguration {
    /** Where requests are let in; on a port of its own for health and metrics too. Spring Boot registers it. */
    @Bean
    FilterChainProxy springSecurityFilterChain(SecurityFilterChain chain, Turnaway turnaway) {
        FilterChainProxy filter = new FilterChainProxy(chain);
        filter.setFirewall(Paths.firewall());
        filter.setRequestRejectedHandler(
                (request, response, rejection) -> turnaway.answer(request, response, Paths.unread()));
        return filter;
    }

    @Bean
    SecurityFilterChain accessChain(
            Entrance entrance,
            ObjectProvider<CredentialReader> readers,
            Clock clock,
            Turnaway turnaway,
            @Value("${management.endpoints.web.base-path:/actuator}") String management) {
        RouteDecision decision = new RouteDecision(entrance, new RouteRules(management));
        Bearers bearers = new Bearers(readers.orderedStream().toList(), new FailedAttempts(clock));
        // Kept for the dispatches of one request, and no longer.
        RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

        BearerTokenAuthenticationFilter reading = new BearerTokenAuthenticationFilter(
                bearers::of, request -> decision.isOpen(request) ? null : bearers.shown(request));
        reading.setSecurityContextRepository(contexts);
        reading.setAuthenticationFailureHandler((request, response, failure) ->
                turnaway.answer(request, response, ((RefusedException) failure).problem()));

        ExceptionTranslationFilter answering = new ExceptionTranslationFilter(
                (request, response, failure) -> turnaway.answer(
                        request,
                        response,
                        failure instanceof RefusedException refused ? refused.problem() : Bearers.missing()),
                new NullRequestCache());
        answering.setAccessDeniedHandler(denied(turnaway));

        return new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                List.of(
                        new SecurityContextHolderFilter(contexts),
                        answering,
                        reading,
                        new AuthorizationFilter(decision)));
    }

    @Bean
    Callers callers(Entrance entrance) {
        return entrance == Entrance.OPEN
                ? request -> Caller.LOCAL
                : request ->
                        RouteDecision.caller(SecurityContextHolder.getContext().getAuthentication());
    }

    private static AccessDeniedHandler denied(Turnaway turnaway) {
        return (request, response, denial) -> turnaway.answer(
                request,
                response,
                denial instanceof AuthorizationDeniedException denied
                                && denied.getAuthorizationResult() instanceof RouteDecision.Denial why
                        ? why.problem()
                        : new ProblemException(ProblemType.FORBIDDEN, "The request is not allowed."));
    }
}
