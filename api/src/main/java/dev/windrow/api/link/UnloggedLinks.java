package dev.windrow.api.link;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * Marks requests by link, for the container's access log to leave them out ({@code web.properties}): whoever reads it
 * could follow them.
 */
final class UnloggedLinks implements Filter {
    static final String MARK = "dev.windrow.api.unlogged";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(MARK, true);
        chain.doFilter(request, response);
    }
}
