package dev.windrow.common.url;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL may say. A driver takes options for the name of a class to load, of a file to write, or for leave to
 * load a library; so of the databases that Windrow knows only those options are let through that say how to reach and
 * how to read them. Another database has a driver that an operator has put beside Windrow, who knows it. Nothing is
 * looked up. No message has a value of the URL in it, or anything else that may be part of a password.
 */
public final class JdbcUrl {
    private static final Pattern SECRET_OPTION = Pattern.compile("(?i)password|passwd|pwd|secret|token|key");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,40}");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** As in {@code md:} of a service, or {@code https:}. */
    private static final Pattern NAME_OF_SERVICE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,40}:");

    private JdbcUrl() {}

    private enum Database {
        SQLITE("jdbc:sqlite:") {
            @Override
            void check(String rest) {
                int end = rest.indexOf('?');
                boolean isUri = rest.startsWith("file:");
                checkOptions(end < 0 ? null : rest.substring(end + 1), option -> sqliteFault(option, isUri));
            }
        },
        POSTGRESQL("jdbc:postgresql:") {
            @Override
            void check(String rest) {
                int end = rest.indexOf('?');
                PostgresqlAddress.check(end < 0 ? rest : rest.substring(0, end));
                checkOptions(end < 0 ? null : rest.substring(end + 1), JdbcUrl::postgresqlFault);
            }
        },
        MARIADB("jdbc:mariadb:") {
            @Override
            void check(String rest) {
                checkMysql(rest);
            }
        },
        MYSQL("jdbc:mysql:") {
            @Override
            void check(String rest) {
                checkMysql(rest);
            }
        },
        H2("jdbc:h2:") {
            @Override
            void check(String rest) {
                int end = rest.indexOf(';');
                checkOptions(
                        end < 0 ? null : rest.substring(end + 1).replace(';', '&'),
                        option -> known(H2_OPTIONS, option.name().toUpperCase(Locale.ROOT)));
            }
        },
        DUCKDB("jdbc:duckdb:") {
            @Override
            void check(String rest) {
                int end = rest.indexOf(';');
                String file = end < 0 ? rest : rest.substring(0, end);
                if (file.isBlank()
                        || file.startsWith(":")
                        || NAME_OF_SERVICE.matcher(file).lookingAt()) {
                    throw new IllegalArgumentException("only a file of DuckDB can be read; write jdbc:duckdb:FILE");
                }
                checkOptions(
                        end < 0 ? null : rest.substring(end + 1).replace(';', '&'),
                        option -> known(DUCKDB_OPTIONS, option.name()));
            }
        };

        private final String prefix;

        Database(String prefix) {
            this.prefix = prefix;
        }

        /** @param rest what comes after the prefix */
        abstract void check(String rest);
    }

    /** An option as it is written. */
    private record Written(String name, @Nullable String value) {
        static Written of(String option) {
            int equals = option.indexOf('=');
            return equals < 0
                    ? new Written(option, null)
                    : new Written(option.substring(0, equals), option.substring(equals + 1));
        }
    }

    @FunctionalInterface
    private interface Rule {
        /** What is wrong with the option, and the fix; null when it may pass. */
        @Nullable String fault(Written option);
    }

    /** Pragmas that a source's other users may have in their URL too, and that do no harm to a reader. */
    private static final Set<String> SQLITE = Set.of(
            "busy_timeout",
            "cache_size",
            "case_sensitive_like",
            "date_class",
            "date_precision",
            "date_string_format",
            "foreign_keys",
            "journal_mode",
            "journal_size_limit",
            "synchronous",
            "temp_store");

    /** Those of SQLite's own, which it reads in the form of a URI alone. */
    private static final Set<String> SQLITE_URI = Set.of("mode", "immutable");

    private static final Pattern SQLITE_VALUE = Pattern.compile("[A-Za-z0-9 .:_+-]+");

    private static final Set<String> POSTGRESQL = Set.of(
            "ApplicationName",
            "cancelSignalTimeout",
            "channelBinding",
            "connectTimeout",
            "currentSchema",
            "gssEncMode",
            "hostRecheckSeconds",
            "kerberosServerName",
            "loadBalanceHosts",
            "loginTimeout",
            "requireAuth",
            "socketTimeout",
            "ssl",
            "sslNegotiation",
            "sslResponseTimeout",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslpassword",
            "sslrootcert",
            "targetServerType",
            "tcpKeepAlive",
            "tcpNoDelay",
            "user");

    /** How to reach it: others load classes and files, or change how values are read. */
    private static final Set<String> MYSQL_OPTIONS = Set.of(
            "connectTimeout",
            "socketTimeout",
            "sslMode",
            "serverSslCert",
            "tcpKeepAlive",
            "trustCertificateKeyStoreUrl",
            "useCompression",
            "user");

    /** None that runs a statement. */
    private static final Set<String> H2_OPTIONS = Set.of(
            "ACCESS_MODE_DATA",
            "AUTO_SERVER",
            "CASE_INSENSITIVE_IDENTIFIERS",
            "DATABASE_TO_LOWER",
            "DATABASE_TO_UPPER",
            "DB_CLOSE_DELAY",
            "DB_CLOSE_ON_EXIT",
            "FILE_LOCK",
            "IFEXISTS",
            "LOCK_TIMEOUT",
            "MODE",
            "NON_KEYWORDS",
            "SCHEMA");

    /** Others open it for writing, or let it read other files. */
    private static final Set<String> DUCKDB_OPTIONS = Set.of("memory_limit", "threads");

    /**
     * The URL with its scheme in small letters, as all of Windrow and every driver knows it.
     *
     * @throws IllegalArgumentException for what is no database, an option that is not let through, or an address that
     *     the driver would complain of with the whole URL; its message is for whoever wrote the URL, and ends with the
     *     fix
     */
    public static String checked(String url) {
        String plain = withPlainScheme(url);
        for (Database database : Database.values()) {
            if (plain.startsWith(database.prefix)) {
                database.check(plain.substring(database.prefix.length()));
                return plain;
            }
        }
        if (!scheme(plain).startsWith("jdbc:")) {
            throw new IllegalArgumentException("a database is an address such as jdbc:sqlite:FILE or"
                    + " jdbc:postgresql://HOST/DATABASE, not " + scheme(plain) + "; name one of these");
        }
        if (SECRET_OPTION.matcher(plain).find() || hasLogin(plain)) {
            throw new IllegalArgumentException(
                    "the URL seems to have a password in it; leave it out, and set password beside the url");
        }
        return plain;
    }

    /** As in {@code scott/tiger@host} and {@code scott:tiger@host}; a user alone is none. */
    private static boolean hasLogin(String url) {
        int end = url.indexOf('@');
        int between = Math.max(url.lastIndexOf('/', end - 1), url.lastIndexOf(':', end - 1));
        return end > 0 && between > 0 && between < end - 1 && "/:".indexOf(url.charAt(between - 1)) < 0;
    }

    private static void checkMysql(String rest) {
        int end = rest.indexOf('?');
        String address = end < 0 ? rest : rest.substring(0, end);
        if (address.contains("@") || address.contains("(")) {
            throw new IllegalArgumentException(
                    "the URL must be like jdbc:mariadb://HOST:PORT/DATABASE; set username and password beside the url");
        }
        checkOptions(end < 0 ? null : rest.substring(end + 1), option -> known(MYSQL_OPTIONS, option.name()));
    }

    private static @Nullable String known(Set<String> names, String name) {
        if (SECRET_OPTION.matcher(name).matches()) {
            return "is not taken; leave it out, and set password beside the url";
        }
        return names.contains(name) ? null : notLetThrough(names, Set.of());
    }

    /** As {@link #checked}, of a database that Windrow keeps its own tables in. */
    public static String checkedOwn(String url) {
        String plain = withPlainScheme(url);
        if (!plain.startsWith(Database.SQLITE.prefix) && !plain.startsWith(Database.POSTGRESQL.prefix)) {
            throw new IllegalArgumentException("a database is SQLite (jdbc:sqlite:FILE) or PostgreSQL"
                    + " (jdbc:postgresql://HOST/DATABASE), not " + scheme(plain) + "; name one of these");
        }
        return checked(plain);
    }

    /** {@code jdbc:SQLite:x} as {@code jdbc:sqlite:x}; any other text as it is. */
    public static String withPlainScheme(String url) {
        for (Database database : Database.values()) {
            int length = database.prefix.length();
            if (url.regionMatches(true, 0, database.prefix, 0, length)) {
                return database.prefix + url.substring(length);
            }
        }
        return url;
    }

    private static String scheme(String url) {
        String rest = url.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length()) ? url.substring("jdbc:".length()) : "";
        int end = rest.indexOf(':');
        String name = end < 0 ? "" : rest.substring(0, end);
        return NAME.matcher(name).matches() ? "jdbc:" + name.toLowerCase(Locale.ROOT) + ":" : "another one";
    }

    /** @param options what comes after the question mark; null when there is none */
    private static void checkOptions(@Nullable String options, Rule rule) {
        if (options == null || options.isEmpty()) {
            return;
        }
        List<Written> all =
                Arrays.stream(options.split("&", -1)).map(Written::of).toList();
        boolean afterSecret = false;
        for (int i = 0; i < all.size(); i++) {
            Written option = all.get(i);
            String fault = rule.fault(option);
            if (fault != null) {
                // An "&" in a password makes the rest of it look like an option.
                boolean shown = !afterSecret
                        && option.value() != null
                        && NAME.matcher(option.name()).matches();
                throw new IllegalArgumentException("option " + (shown ? "\"" + option.name() + "\"" : i + 1)
                        + " of the URL " + fault
                        + (afterSecret ? " (if it is a part of a password, put that under password)" : ""));
            }
            afterSecret |= SECRET_OPTION.matcher(option.name()).find();
        }
    }

    private static @Nullable String sqliteFault(Written option, boolean isUri) {
        String name = option.name().strip().toLowerCase(Locale.ROOT);
        if (SQLITE_URI.contains(name) && !isUri) {
            return "is of the form jdbc:sqlite:file:PATH?… alone; write that, or leave it out";
        }
        if (!SQLITE.contains(name) && !SQLITE_URI.contains(name)) {
            return notLetThrough(SQLITE, SQLITE_URI);
        }
        String value = option.value();
        return value == null || !SQLITE_VALUE.matcher(value).matches()
                ? "has no value that it could have; write it as name=value"
                : null;
    }

    private static @Nullable String postgresqlFault(Written option) {
        // What poolers ask for, and what sources have anyway; any other number would change how values are read.
        boolean unprepared = option.name().equals("prepareThreshold") && "0".equals(option.value());
        if (option.name().equals("password")) {
            // The driver's log has the URL, once somebody asks it for details.
            return "is not taken; leave it out, and set password beside the url";
        }
        if (option.name().equals("options")) {
            return "is not let through; leave it out, and set what it sets for the database's user: alter role … set …";
        }
        if (!unprepared && !POSTGRESQL.contains(option.name())) {
            return notLetThrough(POSTGRESQL, Set.of());
        }
        String value = option.value();
        return value != null && BROKEN_ESCAPE.matcher(value).find()
                ? "has a \"%\" that begins no escape; write it as %25"
                : null;
    }

    private static String notLetThrough(Set<String> names, Set<String> more) {
        List<String> all = Stream.concat(names.stream(), more.stream())
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        return "is not let through; leave it out (there are: " + String.join(", ", all) + ")";
    }
}
