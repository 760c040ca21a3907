package dev.windrow.api.front;

import dev.windrow.api.access.gate.Turnaway;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemWriter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** Answers requests that go no further. Holds no thread for whoever goes on sending or reads nothing. Thread-safe. */
final class Refusals implements Turnaway {
    private final ProblemWriter writer;

    Refusals(ProblemWriter writer) {
        this.writer = writer;
    }

    /**
     * Answers with the problem and ends the connection: a refusal has no turn to wait for, so that nobody is to get
     * many of them by one connection. What is still being sent is taken for a moment and thrown away, since a
     * connection that is closed on a sender is reset, and the answer is lost with it.
     */
    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
            throws IOException {
        writer.write(response, problem.withHeader(HttpHeaders.CONNECTION, "close"));
        if (Routes.hasBody(request) && request.getHeader(HttpHeaders.EXPECT) == null) {
            response.flushBuffer();
            Leftover.discard(request);
        }
    }

    /** Answers a request whose body was being read. */
    void answer(AsyncContext async, ProblemException problem) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        writer.write(response, problem.withHeader(HttpHeaders.CONNECTION, "close"));
        // Now: of a body that was wrong, the container closes the connection at once.
        response.flushBuffer();
        async.complete();
    }
}
