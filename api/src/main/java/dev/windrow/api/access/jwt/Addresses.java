package dev.windrow.api.access.jwt;

import java.net.URI;
import java.util.Set;

/** Where keys may be asked for. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /**
     * Takes https, and http on this machine: whoever can alter what an issuer answers can make tokens.
     *
     * @throws IllegalArgumentException for others
     */
    static URI check(URI address) {
        boolean safe = "https".equalsIgnoreCase(address.getScheme())
                || "http".equalsIgnoreCase(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
        if (!safe || address.getHost() == null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("not https");
        }
        return address;
    }
}
