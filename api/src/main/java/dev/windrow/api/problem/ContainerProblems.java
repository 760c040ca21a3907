package dev.windrow.api.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the container refuses before any filter or controller is asked: a request line, path or header that is
 * none, a method or transfer coding that nobody knows. That is the client's fault, whichever class of status the
 * container has for it. Thread-safe.
 */
public final class ContainerProblems extends ErrorReportValve {
    private final ProblemWriter writer;

    public ContainerProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            // 501 and 505 are the container's words for what it does not know.
            ProblemType type = ProblemType.ofStatus(status == 501 || status == 505 ? 400 : status);
            if (type == ProblemType.INTERNAL && thrown != null) {
                writer.writeDefect(response, thrown);
            } else {
                writer.write(response, new ProblemException(type, ProblemAdvice.detail(type)));
            }
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
