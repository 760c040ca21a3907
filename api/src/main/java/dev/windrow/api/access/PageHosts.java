package dev.windrow.api.access;

import java.util.List;
import java.util.Locale;

/**
 * The names that Windrow is reached by, beside {@code localhost} and the loopback addresses. Without credentials they
 * are what keeps pages of the web out: a page may have its own name resolved to a loopback address (DNS rebinding), and
 * is of one origin with whatever listens there, but its browser goes on sending that name as {@code Host}.
 *
 * @param names of hosts, without ports: any port of them is ours, since tunnels and containers have ports of their own
 */
public record PageHosts(List<String> names) {
    private static final int MOST_CHARACTERS = 255;

    /**
     * @throws IllegalArgumentException for what is no host's name or address, and for {@code *}: every page could
     * export everything
     */
    public PageHosts {
        names = names.stream().map(PageHosts::checked).toList();
    }

    private static String checked(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.equals(nameOf(lower)) || !isName(lower)) {
            throw new IllegalArgumentException("windrow.page.hosts: \"" + name
                    + "\" is no name of a host; write it without scheme and port, such as exports.example");
        }
        return lower;
    }

    private static boolean isName(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String inside = bracketed ? text.substring(1, text.length() - 1) : text;
        String allowed = bracketed ? "0123456789abcdef:." : "abcdefghijklmnopqrstuvwxyz0123456789-._";
        return !inside.isEmpty() && inside.chars().allMatch(c -> allowed.indexOf(c) >= 0);
    }

    /**
     * Whether a {@code Host} (RFC 9110, section 7.2) is ours. Loopback addresses count in the one way in which browsers
     * write them, so that no other text is taken for one.
     */
    public boolean areOf(String host) {
        String name = nameOf(host);
        return name.equals("localhost")
                || name.equals("[::1]")
                || isLoopback(name)
                || (!name.isEmpty() && names.contains(name));
    }

    /** The name in lower case, without the port and a root's dot; empty where the text is no host. */
    private static String nameOf(String host) {
        int from = host.startsWith("[") ? host.indexOf(']') : 0;
        if (from < 0 || host.length() > MOST_CHARACTERS) {
            return "";
        }
        int colon = host.indexOf(':', from);
        String name = colon < 0 ? host : host.substring(0, colon);
        boolean port = colon < 0 || host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        String lower = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return port ? lower.toLowerCase(Locale.ROOT) : "";
    }

    /** 127.0.0.0/8, as four decimal numbers. */
    private static boolean isLoopback(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            boolean number = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!number || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
