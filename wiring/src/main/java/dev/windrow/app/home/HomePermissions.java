package dev.windrow.app.home;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a home its owner's alone, whatever its folders and files were before, and refuses one that somebody else could
 * have had a hand in. The home itself comes first: after it nobody else gets at what is in it, so that what is looked
 * at stays what it is.
 */
final class HomePermissions {
    private static final Logger log = LoggerFactory.getLogger(HomePermissions.class);
    /** Of the file that tells whose the process is: another one of this home may be at it. */
    private static final String PROBE = ".windrow";

    /** What the folders of work, archives and workers hold; one of archives holds its name. */
    private static final Pattern OF_A_RUN = Pattern.compile(
            "[A-Za-z0-9-]{1,64}\\.(?:[0-9]{1,19}(?:\\.[a-z0-9.]{1,32})?|alive)|\\.store(?:-[0-9a-f-]{36})?");

    /** What is Windrow's in a home; {@code lost+found} is the file system's. */
    private static final Pattern OWN =
            Pattern.compile("(?:windrow|queue)\\.db.*|work|artifacts|quarantine|workers|demo|drivers"
                    + "|(?:links|tokens|webhooks|masks)\\.secret|ballast|lost\\+found|\\.windrow\\d+\\.user");

    private final Home home;
    private final UserPrincipal user;
    private final List<String> opened = new ArrayList<>();

    private HomePermissions(Home home, UserPrincipal user) {
        this.home = home;
        this.user = user;
    }

    /**
     * Returns when all in the home is this user's alone, or when it is said that the file system keeps no permissions.
     *
     * @throws RefusedStartException for a home of another user's, for other things of anybody's, and where the
     *     permissions can't be set
     */
    static void settle(Home home) throws IOException {
        if (!OwnerOnly.isKnown()) {
            log.warn(
                    "windrow.home: this system has no permissions that Windrow sets; see to it that no other user can"
                            + " read {}",
                    home.folder());
            return;
        }
        new HomePermissions(home, whoIsThis(home.folder())).settle();
    }

    /** As the file system names this process's user: it has mapped users of its own on some. */
    private static UserPrincipal whoIsThis(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, PROBE, ".user");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private void settle() throws IOException {
        Path folder = home.folder();
        requireOurLink(folder);
        boolean wasOpen = isOpen(folder);
        if (wasOpen && !Files.exists(home.statusDatabase(), LinkOption.NOFOLLOW_LINKS)) {
            requireNothingElse(folder);
        }
        if (!makePrivate(folder)) {
            return;
        }
        boolean secretWasOpen = wasOpen && Files.exists(home.linkSecret()) && isOpen(home.linkSecret());
        settleFiles(folder);
        for (Path inner : List.of(home.work(), home.artifacts(), home.quarantine(), home.workers(), home.demo())) {
            settleInner(inner);
        }
        tell(secretWasOpen);
    }

    private void tell(boolean secretWasOpen) {
        if (!opened.isEmpty()) {
            log.warn(
                    "windrow.home: other users could look into {}; now its owner alone can", String.join(", ", opened));
        }
        if (secretWasOpen) {
            log.warn(
                    "{}, which signs download links, could be read by other users, who may have made links with it: to"
                            + " end all links, stop Windrow, remove the file, and start again",
                    home.linkSecret());
        }
    }

    /** Below the home, or where a link in it leads. */
    private void settleInner(Path folder) throws IOException {
        if (Files.exists(folder)) {
            requireOurLink(folder);
            if (Files.isSymbolicLink(folder) && isOpen(folder)) {
                requireFilesOfRuns(folder);
            }
            if (makePrivate(folder)) {
                settleFiles(folder);
            }
        }
    }

    /** A folder elsewhere that others can look into may be theirs as well. */
    private static void requireFilesOfRuns(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!OF_A_RUN.matcher(entry.getFileName().toString()).matches()) {
                    throw new RefusedStartException("windrow.home: " + folder
                            + " leads to a folder that other users can look into and that holds other things than Windrow's, such as "
                            + entry.getFileName()
                            + "; close it to them (chmod 700) or have it lead to a folder of its own");
                }
            }
        }
    }

    /** @return false when the file system took it and did nothing */
    private boolean makePrivate(Path folder) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
        if (!found.owner().equals(user)) {
            throw new RefusedStartException("windrow.home: " + folder + " belongs to "
                    + found.owner().getName()
                    + ", and Windrow runs as " + user.getName()
                    + "; run it as that user, give it the folder (chown), or"
                    + " name a folder of its own, such as " + home.folder().resolve("windrow") + ", which is made");
        }
        if (!isOpen(found)) {
            return true;
        }
        try {
            Files.setPosixFilePermissions(folder, OwnerOnly.FOLDER);
        } catch (IOException e) {
            throw new RefusedStartException(
                    "windrow.home: other users can look into " + folder + ", and its file system does not let that be"
                            + " changed (" + e.getMessage() + "); mount it for this user alone (such as umask=077), or"
                            + " name a folder elsewhere",
                    e);
        }
        if (isOpen(folder)) {
            log.warn(
                    "windrow.home: the file system of {} keeps no permissions, so that its mount alone says who can read"
                            + " it",
                    folder);
            return false;
        }
        // Below a home that was closed nobody got there.
        if (folder.equals(home.folder()) || !opened.isEmpty() || Files.isSymbolicLink(folder)) {
            opened.add(folder + " (" + PosixFilePermissions.toString(found.permissions()) + ")");
        }
        return true;
    }

    /** The files of a folder that is private by now; those in the demo's folders too. */
    private void settleFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean ours = !folder.equals(home.folder()) || isOwn(entry);
                if (ours) {
                    settleEntry(entry);
                }
            }
        }
    }

    private void settleEntry(Path entry) throws IOException {
        try {
            settle(entry, Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            // Another process of this home is done with it.
            log.debug("gone meanwhile: {}", entry);
        }
    }

    private void settle(Path entry, PosixFileAttributes found) throws IOException {
        if (found.isRegularFile()) {
            requireOurs(entry, found);
            if (isOpen(found)) {
                Files.setPosixFilePermissions(entry, OwnerOnly.FILE);
            }
        } else if (found.isSymbolicLink()) {
            requireOurLink(entry);
        } else if (found.isDirectory() && entry.startsWith(home.demo()) && !entry.equals(home.demo())) {
            settleInner(entry);
        }
    }

    private void requireOurs(Path entry, PosixFileAttributes found) {
        if (!found.owner().equals(user)) {
            throw new RefusedStartException("windrow.home: " + entry + " belongs to "
                    + found.owner().getName()
                    + ", and Windrow runs as " + user.getName() + "; give it the file (chown) if it is Windrow's, or"
                    + " remove it");
        }
    }

    /** Who owns a link says where it leads. */
    private void requireOurLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            if (!owner.equals(user.getName()) && !owner.equals("root")) {
                throw new RefusedStartException("windrow.home: " + path + " is a symbolic link of " + owner
                        + "'s, who could have it lead elsewhere; make it anew as " + user.getName());
            }
        }
    }

    /** A folder that others need, such as the one for temporary files, is not Windrow's to close. */
    private static void requireNothingElse(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!isOwn(entry)) {
                    throw new RefusedStartException("windrow.home: " + folder + " is open to other users, and has other"
                            + " things in it, such as " + entry.getFileName() + "; name a folder of Windrow's own, such"
                            + " as " + folder.resolve("windrow") + ", which is made, or close this one (chmod 700)");
                }
            }
        }
    }

    private static boolean isOwn(Path entry) {
        return OWN.matcher(String.valueOf(entry.getFileName())).matches();
    }

    private static boolean isOpen(Path path) throws IOException {
        return isOpen(Files.readAttributes(path, PosixFileAttributes.class));
    }

    private static boolean isOpen(PosixFileAttributes found) {
        return !OwnerOnly.FOLDER.containsAll(found.permissions());
    }
}
