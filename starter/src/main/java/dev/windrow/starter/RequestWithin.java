package dev.windrow.starter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/**
 * A request as Windrow has it in a server of its own: all of the path that leads to it is the context path. The
 * container goes on with the application's request, so that a second dispatch comes by the same way.
 */
final class RequestWithin extends HttpServletRequestWrapper {
    /**
     * What the container sends by itself passes by the application's filters, and a graceful stop would not wait for
     * it.
     */
    private static final String SENDFILE = "org.apache.tomcat.sendfile.support";

    private final HttpServletRequest request;
    private final String contextPath;
    private final String path;

    private RequestWithin(HttpServletRequest request, String contextPath, String path) {
        super(request);
        this.request = request;
        this.contextPath = contextPath;
        this.path = path;
    }

    /**
     * The request below the servlet's path.
     *
     * @return null where the path is written in a way that only the container reads: an escape or a parameter in the
     *     part that leads here
     */
    static @Nullable RequestWithin of(HttpServletRequest request) {
        String contextPath = request.getContextPath() + request.getServletPath();
        String path = request.getPathInfo();
        return path != null && request.getRequestURI().startsWith(contextPath + "/")
                ? new RequestWithin(request, contextPath, path)
                : null;
    }

    @Override
    public String getContextPath() {
        return contextPath;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    /** As of a servlet that has all paths. */
    @Override
    public HttpServletMapping getHttpServletMapping() {
        HttpServletMapping mapping = request.getHttpServletMapping();
        return new HttpServletMapping() {
            @Override
            public String getMatchValue() {
                return "";
            }

            @Override
            public String getPattern() {
                return "/";
            }

            @Override
            public String getServletName() {
                return mapping.getServletName();
            }

            @Override
            public MappingMatch getMappingMatch() {
                return MappingMatch.DEFAULT;
            }
        };
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(SENDFILE) ? null : super.getAttribute(name);
    }

    @Override
    public AsyncContext startAsync() {
        return request.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest given, ServletResponse response) {
        return request.startAsync(request, response);
    }
}
