package dev.windrow.api.access.jwt;

import java.net.URI;
import java.util.Set;

/** Where keys may be asked for. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /** Takes https, and http on this machine: whoever can alter what an issuer answers can make tokens. */
    static boolean isSafe(String address) {
        try {
            URI uri = URI.create(address);
            boolean here = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            return ("https".equalsIgnoreCase(uri.getScheme()) || here)
                    && uri.getHost() != null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
