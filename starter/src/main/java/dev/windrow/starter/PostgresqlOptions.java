package dev.windrow.starter;

import dev.windrow.common.url.ApplicationSources.Address;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of an address of PostgreSQL. In its URL they count for more than what a program sets, and an
 * application may have some that change how values come, or what is kept of statements; those that say how to reach the
 * database are left.
 */
final class PostgresqlOptions {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final Set<String> KEPT = Set.of(
            "cancelsignaltimeout",
            "channelbinding",
            "connecttimeout",
            "currentschema",
            "gssencmode",
            "hostrecheckseconds",
            "kerberosservername",
            "loadbalancehosts",
            "requireauth",
            "ssl",
            "sslcert",
            "sslfactory",
            "sslfactoryarg",
            "sslkey",
            "sslmode",
            "sslnegotiation",
            "sslpassword",
            "sslresponsetimeout",
            "sslrootcert",
            "targetservertype",
            "tcpnodelay");

    /** Without these it is another server, or another schema, or somebody else who says that it is the right one. */
    private static final Set<String> NEEDED = Set.of(
            "authenticationpluginclassname",
            "cloudsqlinstance",
            "service",
            "socketfactory",
            "socketfactoryarg",
            "sslhostnameverifier");

    private PostgresqlOptions() {}

    /** The same address with those options alone; a user and a password of the URL stand beside it. */
    static Address plain(Address address) {
        int end = address.url().indexOf('?');
        if (!address.url().startsWith(SCHEME) || end < 0) {
            return address;
        }
        @Nullable String username = address.username();
        @Nullable String password = address.password();
        List<String> kept = new ArrayList<>();
        for (String option : address.url().substring(end + 1).split("&", -1)) {
            String name = option.substring(0, option.indexOf('=') < 0 ? option.length() : option.indexOf('='));
            String small = name.toLowerCase(Locale.ROOT);
            if (NEEDED.contains(small)
                    || small.equals("options") && value(option).contains("search_path")) {
                throw new IllegalArgumentException("that DataSource has the option " + name
                        + ", which is not taken along, and without which its database is not the same; write the url,"
                        + " username and password of the database here");
            } else if (name.equals("user")) {
                username = value(option);
            } else if (name.equals("password")) {
                password = value(option);
            } else if (KEPT.contains(small)) {
                kept.add(option);
            }
        }
        String url = address.url().substring(0, end) + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
        return new Address(url, username, password);
    }

    private static String value(String option) {
        return URLDecoder.decode(option.substring(option.indexOf('=') + 1), StandardCharsets.UTF_8);
    }
}
