package dev.windrow.api.access;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The address by which people reach Windrow, for what is sent to them: the one that is set, or that by which the
 * request came, as far as proxies that are trusted tell it. A client may name any host, so one that is not known as
 * ours stands in no address. Immutable.
 */
public final class PublicAddress {
    private final @Nullable String set;
    private final PageHosts hosts;

    /**
     * @param url as {@code https://example.com/exports}; null or blank where none is set
     * @param hosts the names that are believed of a request
     * @throws IllegalArgumentException for a url that is not the address of a page
     */
    public PublicAddress(@Nullable String url, PageHosts hosts) {
        this.set = url == null || url.isBlank() ? null : checked(url.strip());
        this.hosts = hosts;
    }

    /**
     * Scheme, host, port and path prefix, without a slash at its end. Ends the request where only a stranger's name
     * could be said.
     */
    public String of(HttpServletRequest request) {
        if (set != null) {
            return set;
        }
        ForwardedAddress forwarded = new ForwardedAddress(request);
        boolean told = forwarded.isTrusted();
        if (!hosts.areOf(told ? forwarded.authority() : request.getServerName())) {
            throw new ProblemException(
                    ProblemType.MISDIRECTED,
                    "The host that this request names is not one of this server's. Name it in windrow.page.hosts, or set"
                            + " windrow.page.url.");
        }
        // Spring's own filter for forwarded headers, where it is used, has put them into the request.
        return told
                ? forwarded.text()
                : ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
    }

    private static String checked(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (web && bare && uri.getHost() != null && uri.equals(uri.normalize())) {
                return withoutSlashes(url);
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        throw new IllegalArgumentException("windrow.page.url is not the address of a page; write it such as"
                + " https://exports.example or https://example.com/exports, without a user, a query or a fragment");
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
