package dev.windrow.app.home;

import dev.windrow.common.artifact.disk.PrivateFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native library of SQLite's driver, unpacked once for each user and version. By itself the driver unpacks it at
 * every start and removes it at an orderly end, so that every kill leaves a megabyte in the folder for temporary files.
 * Where that folder can't be trusted, or the operator has said where the library is, the driver is left to its own
 * ways.
 */
public final class SqliteLibrary {
    private static final String PATH = "org.sqlite.lib.path";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SqliteLibrary() {}

    /** Before the first use of the driver. */
    public static void unpackOnce() {
        if (System.getProperty(PATH) != null || System.getProperty("org.sqlite.tmpdir") != null) {
            return;
        }
        try {
            Path folder = unpack(Path.of(System.getProperty("java.io.tmpdir")), System.getProperty("user.name"));
            System.setProperty(PATH, folder.toString());
        } catch (IOException e) {
            // Not a word: the driver unpacks it then, as it always did, and says what it can't do.
            System.clearProperty(PATH);
        }
    }

    /**
     * @param user whose library it is; nobody else may write to the folder
     * @return the folder that the library is in
     */
    static Path unpack(Path temporary, String user) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        byte[] library;
        try (InputStream packed =
                SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (packed == null) {
                throw new FileNotFoundException(name);
            }
            library = packed.readAllBytes();
        }
        Path folder = temporary
                .toAbsolutePath()
                .resolve("windrow-" + user.replaceAll("[^A-Za-z0-9._-]", "_") + "-sqlite-"
                        + SQLiteJDBCLoader.getVersion());
        makePrivate(folder, user);
        Path file = folder.resolve(name);
        if (!holds(file, library)) {
            // Renamed into place, so that processes that start together find it whole.
            Path whole = Files.createTempFile(folder, name, ".new");
            Files.write(whole, library);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return folder;
    }

    private static boolean holds(Path file, byte[] library) throws IOException {
        try {
            return Files.size(file) == library.length && Arrays.equals(Files.readAllBytes(file), library);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * The folder for temporary files is everybody's: somebody may have made ours before us, to have us load what he
     * likes.
     */
    private static void makePrivate(Path folder, String user) throws IOException {
        PrivateFolder.create(folder);
        if (POSIX) {
            PosixFileAttributes found =
                    Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isDirectory()
                    || !found.permissions().equals(PRIVATE)
                    || !found.owner().getName().equals(user)) {
                throw new IOException("not a folder of " + user + " alone: " + folder);
            }
        }
    }
}
