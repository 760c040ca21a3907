package dev.windrow.api.access.gate;

import dev.windrow.api.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Whom an application that Windrow is in says to be calling. Safe for use by many threads. */
@FunctionalInterface
public interface ApplicationCallers {
    /**
     * The caller of a request that has come through the application's own filters.
     *
     * @return empty where the application does not say who it is
     * @throws dev.windrow.api.problem.ProblemException for a caller who may not call
     */
    Optional<Caller> of(HttpServletRequest request);
}
