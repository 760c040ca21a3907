package dev.windrow.api.access.gate;

import dev.windrow.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers requests that go no further, whether or not their bodies have come. Safe for use by many threads. */
@FunctionalInterface
public interface Turnaway {
    /** Answers with the problem. */
    void answer(HttpServletRequest request, HttpServletResponse response, ProblemException problem) throws IOException;
}
