package dev.windrow.starter;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The servlet of the application that leads to Windrow, as long as that is there. Safe for use by many threads. */
final class Door extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_SECONDS = "5";

    private transient volatile @Nullable Passage passage;

    /** @param opened null to close it */
    void lead(@Nullable Passage opened) {
        passage = opened;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Passage open = passage;
        RequestWithin within = RequestWithin.of(request);
        if (open == null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else if (within != null) {
            open.go(within, response);
        } else if (request.getPathInfo() == null) {
            // What the page loads is named from its folder on.
            String query = request.getQueryString();
            response.setHeader(
                    HttpHeaders.LOCATION,
                    request.getContextPath() + request.getServletPath() + "/" + (query == null ? "" : "?" + query));
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
