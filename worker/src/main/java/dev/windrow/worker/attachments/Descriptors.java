package dev.windrow.worker.attachments;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * Java tells nothing of an open file but its length, and of a name in an open folder not how many others its file has.
 * Linux shows all of a process's descriptors in /proc/self/fd, where N is the open file and N/x what the open folder
 * has under x: nobody can exchange these. To find a file's N, the file is set to a position that no other stands at,
 * and /proc/self/fdinfo/N has it. A folder's N is any that is open on the same folder. Both are mostly those of the
 * file before, since a descriptor has the lowest number that is free: one look.
 *
 * That a file has one name only is asked of its name in the folder, not of the file: who removes a name in time, after
 * the file was opened by it, would leave the file with the one that it has elsewhere.
 */
/** What is known of files that are open. Not thread-safe. */
final class Descriptors {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Path POSITIONS = Path.of("/proc/self/fdinfo");

    /** Files get as far nearly nowhere; every file system goes as far, also those that end at 4 GiB. */
    private static final int LEAST_POSITION = 1 << 30;

    /**
     * A file system counts a name as gone before the name is gone: while another file is moved over it, Linux finds the
     * old one by its name, with one name less. Whoever exchanges files at that moment could have any number of looks
     * see that. So the folder's lock is waited for between two looks ({@link #awaitChanges}): each has to meet another
     * exchange in that very moment.
     */
    private static final int LOOKS = 5;

    private final SecureRandom random = new SecureRandom();
    private Path file = Path.of("0");
    private Path folder = Path.of("0");

    /** Whether the system shows descriptors. */
    static boolean areShown() {
        return Files.isReadable(POSITIONS) && Files.isReadable(FILES);
    }

    /**
     * Whether an open file is a plain one.
     *
     * @return its key; null when it is not one
     * @throws IOException when its descriptor is not found
     */
    @Nullable Object plainKey(FileChannel opened) throws IOException {
        long position = LEAST_POSITION + random.nextInt(LEAST_POSITION);
        try {
            opened.position(position);
        } catch (IOException e) {
            // It has no positions: a pipe.
            return null;
        }
        String shown = "pos:\t" + position + "\n";
        file = find(file, number -> isAt(number, shown));
        Map<String, Object> seen = Files.readAttributes(FILES.resolve(file), "unix:isRegularFile,fileKey");
        opened.position(0);
        return Boolean.TRUE.equals(seen.get("isRegularFile")) ? seen.get("fileKey") : null;
    }

    /**
     * Whether at this moment a file has that name in an open folder, and no other anywhere.
     *
     * @param key of the file
     * @throws IOException when the folder's descriptor is not found, or the name is not there
     */
    boolean isOnlyName(Object key, SecureDirectoryStream<Path> opened, Path name) throws IOException {
        Object folderKey = opened.getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
        folder = find(folder, number -> isKey(number, folderKey));
        Path named = FILES.resolve(folder).resolve(name);
        for (int look = 0; look < LOOKS; look++) {
            awaitChanges(folder);
            Map<String, Object> seen = Files.readAttributes(named, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
            if (!key.equals(seen.get("fileKey")) || !Integer.valueOf(1).equals(seen.get("nlink"))) {
                return false;
            }
        }
        // It may have been another run's, and closed meanwhile.
        return isKey(folder, folderKey);
    }

    /**
     * Returns when the changes of names that are under way in a folder are done: a name that the system has not in its
     * memory is looked for under the folder's lock, which a change has from its beginning to its end.
     */
    private void awaitChanges(Path number) {
        Path absent = FILES.resolve(number).resolve(".windrow-" + Long.toHexString(random.nextLong()));
        if (Files.exists(absent, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException("a file has a name that was drawn by chance");
        }
    }

    private static Path find(Path last, Predicate<Path> right) throws IOException {
        if (right.test(last)) {
            return last;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(POSITIONS)) {
            for (Path each : all) {
                Path number = each.getFileName();
                if (number != null && right.test(number)) {
                    return number;
                }
            }
        }
        throw new IOException("an open file is not among the descriptors");
    }

    private static boolean isAt(Path number, String shown) {
        try {
            return Files.readString(POSITIONS.resolve(number), StandardCharsets.US_ASCII)
                    .startsWith(shown);
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private static boolean isKey(Path number, @Nullable Object key) {
        try {
            return Files.readAttributes(FILES.resolve(number), BasicFileAttributes.class)
                    .fileKey()
                    .equals(key);
        } catch (IOException e) {
            return false;
        }
    }
}
