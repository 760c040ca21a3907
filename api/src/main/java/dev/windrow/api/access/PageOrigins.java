package dev.windrow.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/**
 * The other sites whose pages may call the API and load the button (CORS, in the Fetch standard).
 *
 * @param origins as browsers send them: {@code https://shop.example}, with a port where it is not the scheme's own
 */
public record PageOrigins(List<String> origins) {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /**
     * @throws IllegalArgumentException for what no browser sends, and for {@code *}: every page could export everything
     */
    public PageOrigins {
        origins = checked("windrow.page.origins", origins);
    }

    /**
     * Other sites, as browsers name them.
     *
     * @param setting where they come from, for whoever has to correct it
     * @throws IllegalArgumentException for what no browser sends, and for {@code *}
     */
    public static List<String> checked(String setting, List<String> origins) {
        origins.forEach(origin -> check(setting, origin));
        return List.copyOf(origins);
    }

    /** Tells browsers which answers they may show to which pages. */
    public CorsFilter filter() {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        allowed.addAllowedHeader(CorsConfiguration.ALL);
        allowed.setExposedHeaders(List.of(
                HttpHeaders.LOCATION,
                HttpHeaders.ETAG,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.LINK,
                HttpHeaders.CONTENT_DISPOSITION,
                HttpHeaders.CONTENT_RANGE,
                HttpHeaders.ACCEPT_RANGES,
                HttpHeaders.WWW_AUTHENTICATE,
                "Repr-Digest",
                "Preference-Applied",
                "Idempotency-Replayed",
                "RateLimit",
                "RateLimit-Policy"));
        allowed.setMaxAge(REMEMBERED);
        CorsFilter filter = new CorsFilter(request -> allowed);
        filter.setCorsProcessor(new Unrefusing());
        return filter;
    }

    private static void check(String setting, String origin) {
        try {
            URI uri = URI.create(origin);
            String written = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            if (uri.getHost() != null && written.equals(origin) && origin.equals(origin.toLowerCase(Locale.ROOT))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(setting + ": \"" + origin
                + "\" is no origin; write it such as https://shop.example or http://localhost:3000");
    }

    /**
     * A request from elsewhere is answered without the headers that let its page see the answer, which is all that the
     * standard asks for. A refusal would hit our own page behind a proxy that ends TLS: there the origin differs from
     * what the request says.
     */
    private static final class Unrefusing extends DefaultCorsProcessor {
        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration config, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            super.processRequest(config, request, response);
            return true;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) {}
    }
}
