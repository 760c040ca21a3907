package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The permissions of what Windrow keeps: its owner's alone, whatever the process's umask is. Where a system knows none
 * (Windows) they are left out. Thread-safe.
 */
public final class OwnerOnly {
    /** Of a file: read and written by its owner. */
    public static final Set<PosixFilePermission> FILE = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    /** Of a folder: the owner's in every way. */
    public static final Set<PosixFilePermission> FOLDER = Set.copyOf(PosixFilePermissions.fromString("rwx------"));

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /** Whether this system knows owners and permissions at all. */
    public static boolean isKnown() {
        return POSIX;
    }

    /** What a new file is made with. */
    public static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    /** What a new folder is made with. */
    public static FileAttribute<?>[] folder() {
        return attributes(FOLDER);
    }

    /** Makes the file, empty, where it is not there; one that is there stays as it is. */
    public static void make(Path file) throws IOException {
        try {
            Files.createFile(file, file());
        } catch (FileAlreadyExistsException e) {
            // It keeps the permissions that it has.
            return;
        }
    }

    /** Takes a file that is there away from all others. */
    public static void close(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
