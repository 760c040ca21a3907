package dev.windrow.common.url;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server's database and who reaches it.
 *
 * @param url as {@link JdbcUrl#checked} lets it through; its own options outweigh {@link #properties}
 */
public record ServerAddress(
        String url, @Nullable String username, @Nullable String password) {
    /** In seconds: to reach the server's machine. */
    private static final String CONNECT = "3";

    /**
     * In seconds: how long nothing may be heard of a server that was asked. A machine that was switched off, or a
     * firewall that has forgotten a connection, says nothing at all, and without this whoever asked would wait for
     * good.
     */
    private static final String ANSWER = "10";

    /**
     * What every connection of ours has, as options of the driver: times after which it gives up, keep-alive of the
     * network, and a name.
     *
     * @param application what the connection is called in {@code pg_stat_activity}
     */
    public Properties properties(String application) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", application);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", CONNECT);
        properties.setProperty("socketTimeout", ANSWER);
        return properties;
    }

    /** Those and who we are, for a connection of its own. */
    public Properties login(String application) {
        Properties properties = properties(application);
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Without the url and the password, which may hold secrets. */
    @Override
    public String toString() {
        return "a database server";
    }
}
