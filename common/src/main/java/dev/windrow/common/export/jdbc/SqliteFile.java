package dev.windrow.common.export.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The file of a SQLite status database. */
final class SqliteFile {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final FileAttribute<?>[] NONE = {};

    private SqliteFile() {}

    /**
     * Makes the file, empty, and its folders, where they are not there: readable by this user alone. SQLite gives its
     * side files the file's own permissions.
     */
    static void prepare(String url) {
        String name = url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
        if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:")) {
            throw new IllegalArgumentException("The status database must be a plain file, not " + PREFIX + name);
        }
        Path file = Path.of(name).toAbsolutePath();
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()), mode(file, "rwx------"));
            Files.createFile(file, mode(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // It keeps the permissions that it has.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("The status database can't be made: " + file, e);
        }
    }

    /**
     * @throws IllegalArgumentException when the URL, or a file system without WAL, makes it less durable than
     * acknowledged
     */
    static void requireDurable(JdbcClient writer) {
        String journal = writer.sql("pragma journal_mode").query(String.class).single();
        int synchronous = writer.sql("pragma synchronous").query(Integer.class).single();
        int full = 2;
        if (!journal.equals("wal") || synchronous < full) {
            throw new IllegalArgumentException(
                    "The status database needs journal_mode=wal and synchronous=FULL, but has" + " journal_mode="
                            + journal + " and synchronous=" + synchronous);
        }
    }

    private static FileAttribute<?>[] mode(Path file, String permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
