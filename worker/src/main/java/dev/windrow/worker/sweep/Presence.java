package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sign that this process lives, for those that share its home: a file that it keeps locked. The system gives the lock
 * back when the process ends, however it ends, and at no other time: not while it is stopped, and not because a clock
 * says so. So a lock that can be had means a worker that is dead for certain, and what it ran can be taken up at once.
 * Of workers on other machines there is no file here; their leases must lapse.
 *
 * <p>One for each process, never two: POSIX takes a process's locks on a file away when the process closes any
 * descriptor of it. Thread-safe.
 */
public final class Presence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final String EXTENSION = ".alive";
    /** Who has not looked for work for so long may be busy, or stopped: nothing is left to it any more. */
    private static final Duration LOOKS = Duration.ofMinutes(1);

    private static final Pattern ENGINE = Pattern.compile("[a-z0-9]{1,20}:[0-9a-f]{1,64}/[0-9]");

    private final Path folder;
    private final String worker;
    /** No channel, which an interrupt of a run's thread would close, and so unlock. */
    private final RandomAccessFile own;

    private Presence(Path folder, String worker, RandomAccessFile own) {
        this.folder = folder;
        this.worker = worker;
        this.own = own;
    }

    /**
     * Shows this process to be alive from now on.
     *
     * @param folder one for all workers of a home; it exists
     * @param worker the name that this process claims exports under, which no process had before:
     *     {@code [A-Za-z0-9._-]+}
     */
    public static Presence open(Path folder, String worker) throws IOException {
        // Locked before it has the name that others look for: they would take it for a dead worker's in between.
        Path unseen = folder.resolve(worker + ".new");
        Files.createFile(unseen, OwnerOnly.file());
        RandomAccessFile file = new RandomAccessFile(unseen.toFile(), "rw");
        try {
            if (file.getChannel().tryLock() == null) {
                throw new IOException("can't be locked: " + unseen);
            }
            Files.move(unseen, folder.resolve(worker + EXTENSION), StandardCopyOption.ATOMIC_MOVE);
            return new Presence(folder, worker, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Says that this process looks for work with its engine, and asks who else does. Where files can't be read while
     * they are locked (Windows), nobody else seems to.
     *
     * @return the engines, other than its own, of workers of this home that live and have looked for work within a
     *     minute
     */
    synchronized Set<String> enginesElsewhere(String engine) {
        Set<String> engines = new HashSet<>();
        try {
            own.seek(0);
            own.write(engine.getBytes(StandardCharsets.US_ASCII));
            // By the clock of the file system, as the others' times are.
            Instant since = Files.getLastModifiedTime(folder.resolve(worker + EXTENSION))
                    .toInstant()
                    .minus(LOOKS);
            for (Path other : others()) {
                if (Files.getLastModifiedTime(other).toInstant().isAfter(since) && !isFree(other)) {
                    engines.add(Files.readString(other, StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // Then nothing is left to others, and begins anew here.
            log.debug("can't tell who else looks for work", e);
        }
        engines.removeIf(name -> name.equals(engine) || !ENGINE.matcher(name).matches());
        return engines;
    }

    /** The files of all other workers; never this process's own, whose lock would be lost. */
    private List<Path> others() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(EXTENSION) && !name.equals(worker + EXTENSION);
                    })
                    .toList();
        }
    }

    /** The workers of this home that are dead for certain. */
    synchronized Set<String> dead() {
        Set<String> dead = new HashSet<>();
        try {
            for (Path file : others()) {
                if (isFree(file)) {
                    String name = String.valueOf(file.getFileName());
                    dead.add(name.substring(0, name.length() - EXTENSION.length()));
                }
            }
            return dead;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException e) {
            // Somebody else has taken up what it left.
            return false;
        }
    }

    /** Stops looking for a dead worker: all that it ran has been taken up. */
    void bury(String dead) {
        try {
            Files.deleteIfExists(folder.resolve(dead + EXTENSION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This process takes no more work. Its file stays for the next sweep, which takes up what could not be given back.
     */
    @Override
    public void close() throws IOException {
        own.close();
    }
}
