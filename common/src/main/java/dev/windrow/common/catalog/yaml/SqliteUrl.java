package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.url.JdbcUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an SQLite file: a path is relative to the catalog's folder, wherever the process was started, and must be
 * that of a file that exists, because SQLite's driver would make an empty one.
 */
final class SqliteUrl {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final String URI_PREFIX = "file:";

    private SqliteUrl() {}

    /** @param url as {@link JdbcUrl#checked} gives it */
    static boolean is(String url) {
        return url.startsWith(PREFIX);
    }

    /**
     * Makes the path absolute and keeps the options after it.
     *
     * @param written the URL before substitution, for messages
     * @return null when there is no such file, which is reported
     */
    static @Nullable String resolve(String url, String written, Path folder, Place place, int line) {
        int end = url.indexOf('?');
        String path = url.substring(PREFIX.length(), end < 0 ? url.length() : end);
        String options = end < 0 ? "" : url.substring(end);
        if (path.isBlank() || path.startsWith(":") || options.contains("mode=memory")) {
            place.problem(line, "only a file can be an SQLite source; write jdbc:sqlite:path/to/file.db");
            return null;
        }
        try {
            boolean isUri = path.startsWith(URI_PREFIX);
            Path file = folder.resolve(isUri ? decoded(path) : path).normalize();
            if (Files.isRegularFile(file)) {
                return PREFIX + (isUri ? URI_PREFIX + file.toUri().getRawPath() : file) + options;
            }
            place.problem(
                    line,
                    "no SQLite file " + shown(written) + "; correct the path, which is relative to " + folder
                            + " (a source is never created)");
        } catch (IllegalArgumentException e) {
            place.problem(line, "not the path of a file: " + shown(written) + "; correct it");
        }
        return null;
    }

    /** The path of {@code file:relative}, {@code file:/absolute} and {@code file:///absolute}. */
    private static String decoded(String uri) {
        String path = uri.substring(URI_PREFIX.length());
        String local = path.startsWith("///") ? path.substring(2) : path;
        return URLDecoder.decode(local.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String shown(String written) {
        String plain = JdbcUrl.withPlainScheme(written);
        String path = is(plain) ? plain.substring(PREFIX.length()) : plain;
        int end = path.indexOf('?');
        return end < 0 ? path : path.substring(0, end);
    }
}
