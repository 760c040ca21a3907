package dev.windrow.common.url;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and database of a PostgreSQL URL. What the driver can't read it writes to the log, with the whole URL and so
 * with a password; therefore it gets to see only what it can read.
 */
final class PostgresqlAddress {
    private static final Pattern SHAPE =
            Pattern.compile("//([^/?#@\\s]*)(?:/([^/?#@:\\s]*))?|/?|[^/?#@:\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[\\p{L}\\p{N}._-]*)(?::([0-9]{1,5}))?");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int MAX_PORT = 65_535;

    private PostgresqlAddress() {}

    static void check(String address) {
        if (address.contains("@")) {
            throw new IllegalArgumentException(
                    "the URL has a user or a password before its host, where PostgreSQL's driver"
                            + " knows none; take them out, and set username and password");
        }
        Matcher shape = SHAPE.matcher(address);
        if (!shape.matches() || BROKEN_ESCAPE.matcher(address).find() || !areHosts(shape.group(1))) {
            throw new IllegalArgumentException(
                    "the URL's address can't be read; write jdbc:postgresql://HOST:PORT/DATABASE");
        }
    }

    private static boolean areHosts(@Nullable String hosts) {
        if (hosts == null) {
            return true;
        }
        for (String host : hosts.split(",", -1)) {
            Matcher matcher = HOST.matcher(host);
            if (!matcher.matches() || !isPort(matcher.group(1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(@Nullable String digits) {
        if (digits == null) {
            return true;
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port <= MAX_PORT;
    }
}
