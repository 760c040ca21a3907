package dev.windrow.api.front;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * Takes every body before its route is asked, or refuses it: where none belongs, where it is too long, and where it
 * comes too slowly. A request comes here once, or twice if its body had to be waited for or it had to wait for its
 * turn.
 */
final class BodyFilter implements Filter {
    /** The attribute of a request whose body was read. */
    static final String BODY = "dev.windrow.api.front.body";

    private final Routes routes;
    private final Refusals refusals;
    private final Turns turns;
    private final Bodies bodies;

    BodyFilter(Routes routes, Refusals refusals, Turns turns) {
        this.routes = routes;
        this.refusals = refusals;
        this.turns = turns;
        this.bodies = new Bodies(turns, refusals);
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            calledUp(request, response, chain);
        } else if (Routes.hasBody(request)) {
            body(request, response);
        } else if (routes.isHealth(request)) {
            // Needs no turn, so that nobody is to ask for many and read none of the answers.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            chain.doFilter(request, response);
        } else if (turns.take()) {
            inTurn(request, response, chain);
        } else {
            AsyncContext async = request.startAsync();
            turns.await(async);
        }
    }

    private void body(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!routes.takesBody(request)) {
            refusals.answer(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.TOO_LARGE,
                            "A " + request.getMethod() + " of this path takes no body; send none."));
        } else if (request.getContentLengthLong() > Bodies.MOST_BYTES) {
            refusals.answer(request, response, Bodies.tooLarge());
        } else {
            BodyReader.read(request, bodies);
        }
    }

    private void calledUp(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest read =
                request.getAttribute(BODY) instanceof byte[] body ? new ReadRequest(request, body) : request;
        if (request.getAttribute(Turns.MARK) == null) {
            // An answer that was held, or the end of one.
            chain.doFilter(read, response);
        } else {
            request.removeAttribute(Turns.MARK);
            inTurn(read, response, chain);
        }
    }

    private void inTurn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            turns.giveBack();
        }
    }
}
