package dev.windrow.api.access.gate;

import dev.windrow.api.problem.ProblemException;
import org.springframework.security.core.AuthenticationException;

/** Credentials that do not hold, with the answer to whoever sent them. */
final class RefusedException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final ProblemException problem;

    RefusedException(ProblemException problem) {
        super(problem.detail(), problem);
        this.problem = problem;
    }

    ProblemException problem() {
        return problem;
    }
}
