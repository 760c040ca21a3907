package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.url.JdbcUrl;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database as somebody names it on a command line, and as a catalog has it: without its password, which the catalog
 * takes from the environment. Immutable.
 *
 * @param source to read it by
 * @param yaml its fields in the catalog, a line each
 * @param secrets values of environment variables that the catalog needs and that were given here, by their names
 * @param variables names of all environment variables that the catalog names
 */
public record DraftedSource(Source source, List<String> yaml, Map<String, String> secrets, List<String> variables) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final List<Kind> FILES =
            List.of(new Kind(SQLITE, '?', "SQLite"), new Kind("jdbc:duckdb:", ';', "DuckDB"));
    private static final String FILE = "file:";
    private static final String OF_WINDROW = "WINDROW";
    private static final int MOST_OF_A_NAME = 40;
    private static final Pattern BEFORE_HOST = Pattern.compile("^(jdbc:[a-z]+://)([^/?#@]*)@");

    public DraftedSource {
        yaml = List.copyOf(yaml);
        secrets = Map.copyOf(secrets);
        variables = List.copyOf(variables);
    }

    /** Its name in the catalog. */
    public String name() {
        return source.name();
    }

    /**
     * Reads an URL. A user and a password may stand in it, as {@code user} and {@code password}, or before its host;
     * else they are those of the variables that the catalog will name, {@code SHOP_USER} and {@code SHOP_PASSWORD} for
     * a database {@code shop}.
     *
     * @param url JDBC
     * @param folder of the catalog: a file below it is named from there, any other by its whole path
     * @param environment gives the value of a variable, null for one that is not set
     * @throws IllegalArgumentException for an URL that no catalog may have, and for a file that is not there; its
     *     message has no secret, and ends with the fix
     */
    public static DraftedSource of(String url, Path folder, Function<String, @Nullable String> environment) {
        if (url.contains("${")) {
            throw new IllegalArgumentException("the URL has \"${\", which a catalog takes for a variable of the"
                    + " environment; give the value itself, or rename the file");
        }
        String plain = JdbcUrl.withPlainScheme(url);
        for (Kind kind : FILES) {
            if (plain.startsWith(kind.prefix)) {
                return ofFile(plain, folder, kind);
            }
        }
        return ofServer(plain, environment);
    }

    /** A database that is a file: how its URL begins, what ends its path, and its name. */
    private record Kind(String prefix, char end, String words) {}

    private static DraftedSource ofFile(String url, Path folder, Kind kind) {
        String checked = JdbcUrl.checked(url);
        int end = checked.indexOf(kind.end);
        String written = checked.substring(kind.prefix.length(), end < 0 ? checked.length() : end);
        String options = end < 0 ? "" : checked.substring(end);
        if (written.isBlank() || written.startsWith(":")) {
            throw new IllegalArgumentException("only a file can be read; write jdbc:sqlite:path/to/file.db");
        }
        boolean isUri = kind.prefix.equals(SQLITE) && written.startsWith(FILE);
        Path file = Path.of(isUri ? path(written) : written).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + kind.words + " file " + file + "; correct the path");
        }
        Path base = folder.toAbsolutePath().normalize();
        String shown = (file.startsWith(base) ? base.relativize(file) : file).toString();
        String inCatalog = isUri ? FILE + file.toUri().getRawPath() : shown;
        String name = name(String.valueOf(file.getFileName()).replaceFirst("\\.[^.]{1,10}$", ""));
        String whole = kind.prefix + (isUri ? FILE + file.toUri().getRawPath() : file) + options;
        return new DraftedSource(
                new Source(name, whole, null, null),
                List.of("url: " + YamlText.scalar(kind.prefix + inCatalog + options)),
                Map.of(),
                List.of());
    }

    private static String path(String uri) {
        String path = uri.substring(FILE.length());
        try {
            return path.startsWith("/")
                    ? Path.of(URI.create(FILE + path)).toString()
                    : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URL's path can't be read; write jdbc:sqlite:path/to/file.db", e);
        }
    }

    /** An URL in parts. */
    private static final class Parts {
        private String address;
        private final List<String> options = new ArrayList<>();
        private @Nullable String user;
        private @Nullable String password;

        Parts(String url) {
            int end = url.indexOf('?');
            address = end < 0 ? url : url.substring(0, end);
            takeLogin();
            if (end >= 0) {
                for (String option : url.substring(end + 1).split("&", -1)) {
                    takeOption(option);
                }
            }
        }

        private void takeLogin() {
            Matcher login = BEFORE_HOST.matcher(address);
            if (login.find()) {
                String[] words = login.group(2).split(":", 2);
                user = decoded(words[0]);
                password = words.length > 1 ? decoded(words[1]) : null;
                address = login.group(1) + address.substring(login.end());
            }
        }

        private void takeOption(String option) {
            int equals = option.indexOf('=');
            String value = equals < 0 ? "" : option.substring(equals + 1);
            switch (equals < 0 ? "" : option.substring(0, equals)) {
                case "user" -> user = decoded(value);
                case "password" -> password = decoded(value);
                default -> {
                    if (!option.isEmpty()) {
                        options.add(option);
                    }
                }
            }
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a \"%\" in the URL's user or password begins no escape; write it as %25", e);
            }
        }

        /** @param sslPassword what stands for that of the client's key */
        String url(@Nullable String sslPassword) {
            List<String> shown = new ArrayList<>();
            for (String option : options) {
                boolean secret = sslPassword != null && option.startsWith(SSL_PASSWORD);
                shown.add(secret ? SSL_PASSWORD + sslPassword : option);
            }
            return address + (shown.isEmpty() ? "" : "?" + String.join("&", shown));
        }
    }

    private static final String SSL_PASSWORD = "sslpassword=";

    private static DraftedSource ofServer(String url, Function<String, @Nullable String> environment) {
        Parts parts = new Parts(url);
        String whole = JdbcUrl.checked(parts.url(null));
        String name = name(database(parts.address));
        String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
        String variable =
                prefix.startsWith(OF_WINDROW) || !Character.isLetter(prefix.charAt(0)) ? "DB_" + prefix : prefix;
        Map<String, String> secrets = new LinkedHashMap<>();
        List<String> variables = new ArrayList<>(List.of(variable + "_USER", variable + "_PASSWORD"));
        String inCatalog = parts.url(null);
        for (String option : parts.options) {
            if (option.startsWith(SSL_PASSWORD)) {
                String ssl = variable + "_SSLPASSWORD";
                secrets.put(ssl, option.substring(SSL_PASSWORD.length()));
                variables.add(ssl);
                inCatalog = parts.url("${" + ssl + "}");
            }
        }
        String user = parts.user != null ? parts.user : environment.apply(variable + "_USER");
        String password = parts.password != null ? parts.password : environment.apply(variable + "_PASSWORD");
        boolean shown = parts.user != null && parts.user.indexOf('}') < 0 && !parts.user.contains("${");
        if (parts.user != null && !shown) {
            secrets.put(variable + "_USER", parts.user);
        }
        if (parts.password != null) {
            secrets.put(variable + "_PASSWORD", parts.password);
        }
        return new DraftedSource(
                new Source(name, whole, user, password),
                List.of(
                        "url: " + YamlText.scalar(inCatalog),
                        "username: " + YamlText.scalar("${" + variable + "_USER:" + (shown ? parts.user : "") + "}"),
                        "password: " + YamlText.scalar("${" + variable + "_PASSWORD:}")),
                secrets,
                variables);
    }

    /** What stands last in an address without options. */
    private static String database(String address) {
        String plain = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf(':')) + 1);
    }

    /** Small letters, digits and dashes. */
    private static String name(String text) {
        String slug = DatasetNames.slug(text);
        String name = slug.substring(0, Math.min(slug.length(), MOST_OF_A_NAME));
        return name.isEmpty() ? "database" : name;
    }

    /** Another's words, without the secrets of this. */
    public String redact(String message) {
        String redacted = message;
        for (String secret : secrets.values()) {
            redacted = redacted.replace(secret, "***");
        }
        String password = source.password();
        return password == null || password.isEmpty() ? redacted : redacted.replace(password, "***");
    }

    /** The name alone. */
    @Override
    public String toString() {
        return source.toString();
    }
}
