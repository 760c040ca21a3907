package dev.windrow.api.access;

import jakarta.servlet.http.HttpServletRequest;

/** Tells who sends a request. Safe for use by many threads. */
@FunctionalInterface
public interface Callers {
    /**
     * The caller, once for each request that needs one. Who must not call is refused by an exception of
     * {@link dev.windrow.api.problem.ProblemException}.
     */
    Caller of(HttpServletRequest request);
}
