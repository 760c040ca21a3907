package dev.windrow.common.outbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a webhook, taken apart once: whoever checks its host and whoever connects to it mean the same.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in lower case without a dot at its end, or an address; IPv6 without brackets
 * @param port from 1 to 65535
 * @param path with the query
 */
public record WebhookUrl(String scheme, String host, int port, String path) {
    private static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_PORT = 65_535;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    /** Below, every port is some other protocol's. */
    private static final int FIRST_FREE_PORT = 1_024;

    private static final int PARTS_OF_IPV4 = 4;
    private static final int MOST_OF_A_PART = 255;

    /**
     * Takes an address apart, strictly: what two programs might read differently is none.
     *
     * @return empty for anything but an absolute http or https URL in ASCII with a host and without credentials or a
     *     fragment; an IPv4 address is written as four plain numbers
     */
    public static Optional<WebhookUrl> of(String text) {
        if (text.length() > MOST_CHARACTERS || !text.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null || text.contains("\\")) {
            return Optional.empty();
        }
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        Optional<String> host = host(uri.getHost());
        int port = uri.getPort() == -1 ? usual(scheme) : uri.getPort();
        boolean isWeb = scheme.equals("http") || scheme.equals("https");
        return isWeb && host.isPresent() && port >= 1 && port <= MOST_PORT
                ? Optional.of(new WebhookUrl(scheme, host.get(), port, path(uri)))
                : Optional.empty();
    }

    private static int usual(String scheme) {
        return scheme.equals("https") ? HTTPS : HTTP;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }

    /** The form in which hosts are compared; empty for what is none, or none for certain. */
    static Optional<String> host(@Nullable String text) {
        if (text == null || text.isEmpty() || text.contains("%")) {
            return Optional.empty();
        }
        String host = text.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            return Optional.of(host.substring(1, host.length() - 1));
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean numeric = !name.isEmpty() && name.chars().allMatch(each -> each == '.' || each >= '0' && each <= '9');
        return name.isEmpty() || numeric && !isIpv4(name) ? Optional.empty() : Optional.of(name);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS_OF_IPV4) {
            return false;
        }
        for (String part : parts) {
            boolean plain = part.length() >= 1 && part.length() <= 3 && (part.equals("0") || !part.startsWith("0"));
            if (!plain || Integer.parseInt(part) > MOST_OF_A_PART) {
                return false;
            }
        }
        return true;
    }

    /** Whether the host is an address, not a name. */
    boolean isAddress() {
        return host.contains(":") || isIpv4(host);
    }

    /** Whether the port is one that the web uses, or nobody in particular. */
    boolean hasWebPort() {
        return port == usual(scheme) || port == HTTPS || port >= FIRST_FREE_PORT;
    }
}
