package dev.windrow.api.access;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.Globals;
import org.springframework.http.HttpHeaders;

/**
 * What a proxy says of the address that the client asked for, in {@code X-Forwarded-Proto}, {@code -Host},
 * {@code -Port} and {@code -Prefix}. The container believes them of the proxies that it trusts
 * ({@code server.forward-headers-strategy=native}), but takes no prefix, and no port out of a host.
 *
 * @param request as the container has it
 */
record ForwardedAddress(HttpServletRequest request) {
    private static final int LONGEST_PORT = 5;

    /** Whether the request came by a proxy that the container trusts. */
    boolean isTrusted() {
        return Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE));
    }

    /** The host and perhaps the port, by the proxy or else by the request itself. */
    String authority() {
        String told = first("X-Forwarded-Host");
        if (!told.isEmpty()) {
            return told;
        }
        String host = request.getHeader(HttpHeaders.HOST);
        return host == null ? request.getServerName() : host;
    }

    /** The whole address, without a slash at its end. */
    String text() {
        String scheme = first("X-Forwarded-Proto").equalsIgnoreCase("https") ? "https" : request.getScheme();
        String authority = authority();
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? first("X-Forwarded-Port") : authority.substring(colon + 1);
        return scheme + "://" + host + (isSaid(port, scheme) ? ":" + port : "") + prefix() + request.getContextPath();
    }

    private static boolean isSaid(String port, String scheme) {
        return !port.isEmpty()
                && port.length() <= LONGEST_PORT
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && !port.equals(scheme.equals("https") ? "443" : "80");
    }

    /** Each proxy adds its own. What is no plain step of a path is left out. */
    private String prefix() {
        String header = request.getHeader("X-Forwarded-Prefix");
        StringBuilder prefix = new StringBuilder();
        for (String step : (header == null ? "" : header).split("[,/]", -1)) {
            String plain = step.strip();
            if (!plain.isEmpty() && !plain.startsWith(".") && plain.chars().allMatch(ForwardedAddress::needsNoEscape)) {
                prefix.append('/').append(plain);
            }
        }
        return prefix.toString();
    }

    /** In a URI (RFC 3986, section 2.3). */
    private static boolean needsNoEscape(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }

    /** Of several the first is the one nearest to the client. */
    private String first(String name) {
        String header = request.getHeader(name);
        if (header == null) {
            return "";
        }
        int comma = header.indexOf(',');
        return (comma < 0 ? header : header.substring(0, comma)).strip();
    }
}
