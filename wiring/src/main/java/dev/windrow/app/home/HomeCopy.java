package dev.windrow.app.home;

import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.common.artifact.disk.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of a home: made while Windrow runs in it, and put into another one. The status table comes last in each: a
 * folder without one is no whole copy. The queue is left out, since what waits is found again without it, and so is
 * what unfinished exports have of their archives: they are made from their beginning.
 */
public final class HomeCopy {
    private static final String UNFINISHED = ".unfinished";
    /** Exports may be completed and deleted in the moment that a copy takes; hardly so often. */
    private static final int TRIES = 10;

    /** Rows from before archives had a type have their keys without the extension. */
    private static final String ARCHIVES = """
            select json_extract(artifact, '$.key') || case when json_extract(artifact, '$.extension') is null then '.zip' else '' end
            from exports
            where state = 'completed'
            """;

    private HomeCopy() {}

    /**
     * What a copy has.
     *
     * @param archives how many of them
     * @param missing keys of archives that the table names and the home lacks
     */
    public record Copied(int archives, List<String> missing) {
        public Copied {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Copies a home that may be in use. Archives are linked where the folder is on their file system.
     *
     * @param folder is made; it may be there if it is empty
     * @throws IOException also when there is no home, or something in the folder
     */
    public static Copied make(Home home, Path folder) throws IOException {
        if (Files.notExists(home.statusDatabase())) {
            throw new NoSuchFileException(home.statusDatabase().toString());
        }
        requireEmpty(folder);
        Home copy = new Home(folder.toAbsolutePath().normalize());
        PrivateFolder.create(copy.folder());
        PrivateFolder.create(copy.artifacts());
        Path table = unfinished(copy);
        // Before the table for what is deleted after it was copied, and after it for what was completed before.
        copyAll(home.artifacts(), copy.artifacts());
        List<String> missing = List.of();
        for (int i = 0; i < TRIES; i++) {
            Files.deleteIfExists(table);
            snapshot(home.statusDatabase(), table);
            copyAll(home.artifacts(), copy.artifacts());
            missing = missing(table, copy.artifacts());
            if (missing.isEmpty()) {
                break;
            }
        }
        return finish(home, copy, missing);
    }

    /**
     * Puts a copy into a home that is to be.
     *
     * @param folder as {@link #make} has left it
     * @param home is made; it may be there if it is empty
     * @throws IOException also when the folder is no whole copy, or something in the home
     */
    public static Copied restore(Path folder, Path home) throws IOException {
        Home copy = new Home(folder.toAbsolutePath().normalize());
        if (Files.notExists(copy.statusDatabase())) {
            throw new NoSuchFileException(copy.statusDatabase().toString());
        }
        requireEmpty(home);
        Home restored = PrivateHome.open(home);
        copyAll(copy.artifacts(), restored.artifacts());
        Path table = unfinished(restored);
        copy(copy.statusDatabase(), table);
        return finish(copy, restored, missing(table, restored.artifacts()));
    }

    private static Path unfinished(Home home) {
        return home.folder().resolve(home.statusDatabase().getFileName() + UNFINISHED);
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
                if (there.iterator().hasNext()) {
                    throw new FileAlreadyExistsException(folder.toString());
                }
            }
        }
    }

    /** The secrets, and then the table under its own name: from there on it is whole. */
    private static Copied finish(Home from, Home to, List<String> missing) throws IOException {
        for (Path secret : List.of(from.linkSecret(), from.tokenSecret(), from.webhookSecret(), from.maskSecret())) {
            if (Files.exists(secret)) {
                copy(secret, to.folder().resolve(secret.getFileName()));
            }
        }
        int archives = archives(unfinished(to)).size() - missing.size();
        PrivateFolder.sync(to.artifacts());
        PrivateFolder.sync(to.folder());
        Files.move(unfinished(to), to.statusDatabase(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFolder.sync(to.folder());
        return new Copied(archives, missing);
    }

    /** What is there already is the same: no two archives ever have one name. */
    private static void copyAll(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, HomeCopy::isKept)) {
            for (Path file : files) {
                Path target = to.resolve(file.getFileName());
                if (Files.notExists(target)) {
                    linkOrCopy(file, target);
                }
            }
        }
    }

    /** All but what a start tries the folder with. */
    private static boolean isKept(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".probe");
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (NoSuchFileException e) {
            // It has expired, or was deleted, since the folder was read.
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            copyIfThere(file, target);
        }
    }

    private static void copyIfThere(Path file, Path target) throws IOException {
        try {
            copy(file, target);
        } catch (NoSuchFileException e) {
            // As above.
            Files.deleteIfExists(target);
        }
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        sync(target);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The table as of one moment; who writes into it is not held up. */
    private static void snapshot(Path table, Path target) throws IOException {
        OwnerOnly.make(target);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + table);
                PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, target.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new IOException("the status table can't be copied: " + e.getMessage(), e);
        }
        sync(target);
    }

    private static List<String> missing(Path table, Path artifacts) throws IOException {
        List<String> missing = archives(table);
        missing.removeIf(key -> Files.exists(artifacts.resolve(key)));
        return missing;
    }

    private static List<String> archives(Path table) throws IOException {
        List<String> keys = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + table);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ARCHIVES)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("the copy of the status table can't be read: " + e.getMessage(), e);
        }
        return keys;
    }
}
