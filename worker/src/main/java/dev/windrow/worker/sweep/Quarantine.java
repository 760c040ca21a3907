package dev.windrow.worker.sweep;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for files that nobody knows, from which a person may take them back: moved there, not copied, and removed
 * after a time. Thread-safe, and for any number of processes at once.
 */
public final class Quarantine {
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
    /** A younger file waits for the next sweep: its owner may be about to be restored. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path folder;
    private final Duration kept;
    private final Clock clock;

    /**
     * @param folder on the file system of the files; it exists
     * @param kept how long a file stays there
     */
    public Quarantine(Path folder, Duration kept, Clock clock) {
        this.folder = folder;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * @return false when the file is too young, or gone
     * @throws FileAlreadyExistsException when one of its name is here, which stays what it is
     */
    boolean take(Path file) throws IOException {
        Path target = folder.resolve(String.valueOf(file.getFileName()));
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        try {
            Instant now = clock.instant();
            if (modified(file).isAfter(now.minus(GRACE))) {
                return false;
            }
            // Its time there begins now. Before the move: a file that is there always has its time.
            Files.setLastModifiedTime(file, FileTime.from(now));
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Removes what has been there for its time.
     *
     * @param problems told of what can't be removed
     */
    void empty(ThrottledLog problems) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.toList();
        }
        for (Path file : all) {
            try {
                if (modified(file).isBefore(clock.instant().minus(kept))) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                log.debug("another process was faster: {}", e.getMessage());
            } catch (IOException e) {
                problems.tell("quarantine/" + file.getFileName(), e);
            }
        }
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
