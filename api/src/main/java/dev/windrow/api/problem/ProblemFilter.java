package dev.windrow.api.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Around everything else: every answer has the headers that keep browsers careful, and what other filters throw is a
 * problem too.
 */
public final class ProblemFilter extends OncePerRequestFilter {
    private final ProblemWriter writer;

    public ProblemFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AnswerHeaders.setOn(response);
        try {
            chain.doFilter(request, response);
        } catch (ProblemException e) {
            writer.write(response, e);
        } catch (RuntimeException | ServletException e) {
            if (response.isCommitted()) {
                throw e;
            }
            writer.writeDefect(response, e);
        }
    }
}
