package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.url.JdbcUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a database that is a file: a path is relative to the catalog's folder, wherever the process was started,
 * and must be that of a file that exists, because a driver might make an empty one.
 */
enum FileUrl {
    SQLITE("jdbc:sqlite:", '?', "an", "SQLite", "jdbc:sqlite:path/to/file.db"),
    DUCKDB("jdbc:duckdb:", ';', "a", "DuckDB", "jdbc:duckdb:path/to/file.duckdb");

    private static final String URI_PREFIX = "file:";

    private final String prefix;
    private final char end;
    private final String article;
    private final String words;
    private final String example;

    FileUrl(String prefix, char end, String article, String words, String example) {
        this.prefix = prefix;
        this.end = end;
        this.article = article;
        this.words = words;
        this.example = example;
    }

    /** @param url as {@link JdbcUrl#checked} gives it */
    static Optional<FileUrl> of(String url) {
        return Arrays.stream(values())
                .filter(kind -> url.startsWith(kind.prefix))
                .findFirst();
    }

    /**
     * Makes the path absolute and keeps the options after it.
     *
     * @param written the URL before substitution, for messages
     * @return null when there is no such file, which is reported
     */
    @Nullable String resolve(String url, String written, Path folder, Place place, int line) {
        int begin = url.indexOf(end);
        String path = url.substring(prefix.length(), begin < 0 ? url.length() : begin);
        String options = begin < 0 ? "" : url.substring(begin);
        if (path.isBlank() || path.startsWith(":") || options.contains("mode=memory")) {
            place.problem(line, "only a file can be " + article + " " + words + " source; write " + example);
            return null;
        }
        try {
            boolean isUri = this == SQLITE && path.startsWith(URI_PREFIX);
            Path file = folder.resolve(isUri ? decoded(path) : path).normalize();
            if (Files.isRegularFile(file)) {
                return prefix + (isUri ? URI_PREFIX + file.toUri().getRawPath() : file) + options;
            }
            place.problem(
                    line,
                    "no " + words + " file " + shown(written) + "; correct the path, which is relative to " + folder
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

    private String shown(String written) {
        String plain = JdbcUrl.withPlainScheme(written);
        String path = plain.startsWith(prefix) ? plain.substring(prefix.length()) : plain;
        int begin = path.indexOf(end);
        return begin < 0 ? path : path.substring(0, begin);
    }
}
