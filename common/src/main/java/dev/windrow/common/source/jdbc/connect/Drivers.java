package dev.windrow.common.source.jdbc.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDBC drivers: those in the jar, and those of a folder, which an operator has put there. Each folder is read once.
 * Safe for use by many threads.
 */
public final class Drivers {
    private static final Logger log = LoggerFactory.getLogger(Drivers.class);

    /** Where the drivers of databases that people have are found in Maven Central. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "mariadb", "org.mariadb.jdbc:mariadb-java-client",
            "mysql", "com.mysql:mysql-connector-j",
            "h2", "com.h2database:h2",
            "duckdb", "org.duckdb:duckdb_jdbc",
            "sqlserver", "com.microsoft.sqlserver:mssql-jdbc",
            "oracle", "com.oracle.database.jdbc:ojdbc11");

    private static final List<Driver> LOADED = new ArrayList<>();
    private static final List<Path> READ = new ArrayList<>();

    private Drivers() {}

    /** Takes the drivers of a folder's jars; nothing where there is no such folder. */
    public static synchronized void load(Path folder) {
        Path real = folder.toAbsolutePath().normalize();
        if (READ.contains(real) || !Files.isDirectory(real)) {
            return;
        }
        READ.add(real);
        try (Stream<Path> files = Files.list(real)) {
            List<Path> jars = files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".jar"))
                    .sorted()
                    .toList();
            take(jars);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of drivers cannot be read: " + real, e);
        }
    }

    /** One loader for all: a driver may come in several jars. It lives as long as the process. */
    private static void take(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        ClassLoader loader = new URLClassLoader("drivers", urls, Drivers.class.getClassLoader());
        List<String> names = new ArrayList<>();
        Iterator<ServiceLoader.Provider<Driver>> found =
                ServiceLoader.load(Driver.class, loader).stream().iterator();
        for (boolean more = true; more; ) {
            try {
                more = found.hasNext();
                if (more) {
                    ServiceLoader.Provider<Driver> next = found.next();
                    if (next.type().getClassLoader() == loader) {
                        LOADED.add(next.get());
                        names.add(next.type().getName());
                    }
                }
            } catch (ServiceConfigurationError e) {
                // The loader goes on with the next one.
                log.warn("A driver of the drivers' folder is left out: {}", e.getMessage());
            }
        }
        if (names.isEmpty() && !jars.isEmpty()) {
            log.warn("The drivers' folder has jars and no JDBC driver in them: {}", jars);
        } else if (!names.isEmpty()) {
            log.info("Drivers of the drivers' folder: {}", String.join(", ", names));
        }
    }

    /**
     * The driver that takes the URL: of the folder's before those of the jar.
     *
     * @throws SQLException if there is none; its message says what to put where, and has nothing of the URL but its
     *     scheme, since the rest may have a password
     */
    static Driver of(String url) throws SQLException {
        for (Driver driver : loaded()) {
            if (driver.acceptsURL(url)) {
                return driver;
            }
        }
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new SQLException(missing(scheme(url)), "08001", e);
        }
    }

    private static synchronized List<Driver> loaded() {
        return List.copyOf(LOADED);
    }

    private static String missing(String scheme) {
        String artifact = Objects.requireNonNullElse(ARTIFACTS.get(scheme), "");
        return "there is no JDBC driver for jdbc:" + scheme + ":; put its jar"
                + (artifact.isEmpty() ? "" : " (" + artifact + ")")
                + " into the folder of windrow.drivers, which is drivers/ in the home, and start again";
    }

    private static String scheme(String url) {
        String[] parts = url.split(":", 3);
        return parts.length == 3 && parts[1].matches("[A-Za-z0-9+-]{1,40}") ? parts[1].toLowerCase(Locale.ROOT) : "";
    }
}
