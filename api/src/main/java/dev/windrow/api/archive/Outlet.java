package dev.windrow.api.archive;

import dev.windrow.api.archive.far.FarReads;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/**
 * What every way of an archive to its reader needs.
 *
 * @param isFar whether reading an archive waits for a network
 * @param reads for those that are far
 * @param problems what goes wrong after the request has left its thread
 */
record Outlet(boolean isFar, FarReads reads, ProblemWriter problems, DownloadLog log) {
    /** Answers with what went wrong, when nothing was sent yet; a store that can't be read is {@code 503}. */
    void refuse(HttpServletResponse response, Throwable thrown) throws IOException {
        Throwable fault = FarReads.problem(cause(thrown));
        if (fault instanceof ProblemException problem) {
            problems.write(response, problem);
        } else {
            problems.writeDefect(response, fault);
        }
    }

    /** What a future was ended with. */
    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
