package dev.windrow.api.front;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only who means this server, and lets pages of other sites change nothing. Both are told by what a browser
 * says of itself; who sends no {@code Origin}, as scripts do, is no page.
 */
final class AddressFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final PageHosts hosts;
    private final PageOrigins pages;
    private final Routes routes;
    private final Refusals refusals;

    AddressFilter(PageHosts hosts, PageOrigins pages, Routes routes, Refusals refusals) {
        this.hosts = hosts;
        this.pages = pages;
        this.routes = routes;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<ProblemException> problem = refusal(request);
        if (problem.isPresent()) {
            refusals.answer(request, response, problem.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<ProblemException> refusal(HttpServletRequest request) {
        if (!routes.isHealth(request) && !isMeant(request)) {
            return Optional.of(new ProblemException(
                    ProblemType.MISDIRECTED,
                    "The Host of the request is not one of this server's names. Ask for it as localhost, or name the host"
                            + " in windrow.page.hosts."));
        }
        if (!SAFE.contains(request.getMethod()) && isOfAnotherSite(request)) {
            return Optional.of(new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The request comes from a page of another site. If that page may change something here, name its"
                            + " origin, with its port, in windrow.page.origins."));
        }
        return Optional.empty();
    }

    /**
     * By the {@code Host} itself, and by what a trusted proxy says of it ({@code server.forward-headers-strategy}): a
     * page in a browser of this machine can be taken for the proxy, and says of itself what it likes.
     */
    private boolean isMeant(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null && hosts.areOf(host) && hosts.areOf(request.getServerName());
    }

    private boolean isOfAnotherSite(HttpServletRequest request) {
        List<String> origins = Collections.list(request.getHeaders(HttpHeaders.ORIGIN));
        if (origins.isEmpty()) {
            return Collections.list(request.getHeaders("Sec-Fetch-Site")).stream()
                    .anyMatch(site -> !site.equals("same-origin") && !site.equals("same-site") && !site.equals("none"));
        }
        return origins.size() > 1 || !(pages.origins().contains(origins.get(0)) || isOurs(origins.get(0), request));
    }

    /**
     * Whether the page is one of ours: its origin is what the request was addressed to, or has a name of the settings.
     * Of the scheme only its port counts, because a proxy that ends TLS need not say that it does.
     */
    private boolean isOurs(String origin, HttpServletRequest request) {
        String port = origin.startsWith("https://") ? ":443" : ":80";
        if (!origin.startsWith("https://") && !origin.startsWith("http://")) {
            return false;
        }
        String page = authority(origin.substring(origin.indexOf("//") + 2), port);
        return page.equals(authority(request.getHeader(HttpHeaders.HOST), port))
                || page.equals(authority(request.getServerName() + ":" + request.getServerPort(), port))
                || hosts.names().contains(page)
                || isSameOrigin(request) && hosts.names().contains(withoutPort(page));
    }

    /** As the browser itself says it, which no page can: a proxy may have kept its own port from us. */
    private static boolean isSameOrigin(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-Fetch-Site")).equals(List.of("same-origin"));
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static String authority(@Nullable String text, String port) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
