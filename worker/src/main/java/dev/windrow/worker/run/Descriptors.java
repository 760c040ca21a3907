package dev.windrow.worker.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Java tells nothing of an open file but its length: what can be asked is asked of a name, and by then somebody may have given the name
 * to another file. Linux shows all of a process's descriptors in /proc/self, each with the position that it stands at. So the file is
 * set to a position that no other stands at, the descriptor that shows it is found, and /proc/self/fd/N then is the open file itself.
 * A descriptor has the lowest number that is free, mostly that of the file before: one look, not one at each descriptor.
 */
/** What is known of files that are open. Not thread-safe. */
final class Descriptors {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Path POSITIONS = Path.of("/proc/self/fdinfo");

    /** Files get as far nearly nowhere; every file system goes as far, also those that end at 4 GiB. */
    private static final int LEAST_POSITION = 1 << 30;

    private final SecureRandom random = new SecureRandom();
    private Path last = Path.of("0");

    /** Whether the system shows descriptors. */
    static boolean areShown() {
        return Files.isReadable(POSITIONS) && Files.isReadable(FILES);
    }

    /**
     * Whether an open file is a plain one that was opened by its only name.
     *
     * @param hardLinks whether it may have others besides
     * @throws IOException when its descriptor is not found
     */
    boolean isPlain(FileChannel file, boolean hardLinks) throws IOException {
        long position = LEAST_POSITION + random.nextInt(LEAST_POSITION);
        try {
            file.position(position);
        } catch (IOException e) {
            // It has no positions: a pipe.
            return false;
        }
        Map<String, Object> found = Files.readAttributes(FILES.resolve(find(position)), "unix:isRegularFile,nlink");
        file.position(0);
        return Boolean.TRUE.equals(found.get("isRegularFile")) && (hardLinks || Integer.valueOf(1).equals(found.get("nlink")));
    }

    private Path find(long position) throws IOException {
        if (isAt(last, position)) {
            return last;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(POSITIONS)) {
            for (Path each : all) {
                Path number = each.getFileName();
                if (number != null && isAt(number, position)) {
                    last = number;
                    return number;
                }
            }
        }
        throw new IOException("no descriptor is at " + position);
    }

    private static boolean isAt(Path number, long position) {
        String shown = shown(number);
        return shown != null && shown.startsWith("pos:\t" + position + "\n");
    }

    private static @Nullable String shown(Path number) {
        try {
            return Files.readString(POSITIONS.resolve(number), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // Closed meanwhile.
            return null;
        }
    }
}
