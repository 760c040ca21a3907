package dev.windrow.common.source.jdbc.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which file a SQLite URL means: equal as long as no other was put in its place. */
record SqliteFile(@Nullable Object fileKey, long createdMillis) {
    private static final String PREFIX = "jdbc:sqlite:";

    /** The file that is there now; null when there is none, or the URL means no plain file. */
    static @Nullable SqliteFile of(String url) {
        String name = url.substring(PREFIX.length()).split("\\?", 2)[0];
        try {
            Path path = Path.of(name.startsWith("file:") ? name.substring("file:".length()) : name);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new SqliteFile(
                    attributes.fileKey(), attributes.creationTime().toMillis());
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** The URL without the one driver option that would open the file for writing. */
    static String withoutOpenMode(String url) {
        String[] parts = url.split("\\?", 2);
        if (parts.length == 1) {
            return url;
        }
        String options = Arrays.stream(parts[1].split("&"))
                .filter(option -> !option.toLowerCase(Locale.ROOT).startsWith("open_mode"))
                .collect(Collectors.joining("&"));
        return options.isEmpty() ? parts[0] : parts[0] + "?" + options;
    }
}
