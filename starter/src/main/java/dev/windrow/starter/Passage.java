package dev.windrow.starter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Windrow's filters in their order, and its servlet behind them, as a container of its own would run them. Safe for use
 * by many threads.
 */
final class Passage {
    private final List<Step> steps;
    private final Servlet servlet;

    private Passage(List<Step> steps, Servlet servlet) {
        this.steps = steps;
        this.servlet = servlet;
    }

    /**
     * Prepares all of them.
     *
     * @param servlet that has its configuration already
     */
    static Passage of(Collection<FilterRegistrationBean<?>> filters, Servlet servlet, ServletContext context)
            throws ServletException {
        List<FilterRegistrationBean<?>> ordered = new ArrayList<>(filters);
        ordered.sort(AnnotationAwareOrderComparator.INSTANCE);
        List<Step> steps = new ArrayList<>();
        for (FilterRegistrationBean<?> registration : ordered) {
            Filter filter = registration.getFilter();
            if (registration.isEnabled() && filter != null) {
                // Filters that run once a request mark it by their names: the application may have one of that class.
                filter.init(new Config("windrow-" + steps.size(), context));
                steps.add(new Step(
                        filter, registration.determineDispatcherTypes(), Set.copyOf(registration.getUrlPatterns())));
            }
        }
        return new Passage(List.copyOf(steps), servlet);
    }

    void go(RequestWithin request, ServletResponse response) throws IOException, ServletException {
        from(0, request.getServletPath(), request.getDispatcherType()).doFilter(request, response);
    }

    private FilterChain from(int first, String path, DispatcherType type) {
        int at = first;
        while (at < steps.size() && !steps.get(at).isFor(path, type)) {
            at++;
        }
        if (at == steps.size()) {
            return servlet::service;
        }
        Filter filter = steps.get(at).filter();
        FilterChain next = from(at + 1, path, type);
        return (ServletRequest request, ServletResponse response) -> filter.doFilter(request, response, next);
    }

    private record Step(Filter filter, Set<DispatcherType> types, Set<String> patterns) {
        boolean isFor(String path, DispatcherType type) {
            return types.contains(type)
                    && (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, path)));
        }

        /** As Servlet 6.1, section 12.2, has it, as far as ours are written. */
        private static boolean matches(String pattern, String path) {
            if (!pattern.endsWith("/*")) {
                return pattern.equals(path);
            }
            String folder = pattern.substring(0, pattern.length() - 2);
            return path.equals(folder) || path.startsWith(folder + "/");
        }
    }
}
