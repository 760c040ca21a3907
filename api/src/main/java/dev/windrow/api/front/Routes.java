package dev.windrow.api.front;

import dev.windrow.api.resource.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** What is known of a request by its line and headers alone. Thread-safe. */
final class Routes {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String MCP = "/mcp";
    private static final String LINKS = "/links";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String PRESETS = "/api/v1/presets";

    private final String health;

    /** @param health the path that the health groups are below */
    Routes(String health) {
        this.health = health;
    }

    /**
     * Whether it asks how the process is. Only by the path as it is written: what is decoded or resolved first may mean
     * two things.
     */
    boolean isHealth(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.equals(request.getServletPath()) && (path.equals(health) || path.startsWith(health + "/"));
    }

    /** Whether there is a route that takes a body. {@code OpenApiIT} holds it to what the API's description says. */
    boolean takesBody(HttpServletRequest request) {
        String path = request.getServletPath();
        if (request.getMethod().equals("PUT")) {
            return path.startsWith(SCHEDULES + "/") || path.startsWith(PRESETS + "/");
        }
        return request.getMethod().equals("POST")
                && (path.equals(ExportPaths.EXPORTS)
                        || path.equals(SCHEDULES)
                        || path.equals(TOKENS)
                        || path.equals(MCP)
                        || (path.startsWith(ExportPaths.EXPORTS + "/") && path.endsWith(LINKS)));
    }

    /** Whether a body comes with it, of whatever length. */
    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
