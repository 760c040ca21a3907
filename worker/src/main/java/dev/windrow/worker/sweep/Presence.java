package dev.windrow.worker.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A sign that this process lives, for those that share its home: a file that it keeps locked. The system gives the lock back when the
 * process ends, however it ends, and at no other time: not while it is stopped, and not because a clock says so. So a lock that can be
 * had means a worker that is dead for certain, and what it ran can be taken up at once. Of workers on other machines there is no
 * file here; their leases must lapse.
 *
 * <p>One for each process, never two: POSIX takes a process's locks on a file away when the process closes any descriptor of it.
 * Thread-safe.
 */
public final class Presence implements AutoCloseable {
    private static final String EXTENSION = ".alive";

    private final Path folder;
    private final String worker;
    private final FileChannel own;

    private Presence(Path folder, String worker, FileChannel own) {
        this.folder = folder;
        this.worker = worker;
        this.own = own;
    }

    /**
     * Shows this process to be alive from now on.
     *
     * @param folder one for all workers of a home; it exists
     * @param worker the name that this process claims exports under, which no process had before: {@code [A-Za-z0-9._-]+}
     */
    public static Presence open(Path folder, String worker) throws IOException {
        // Locked before it has the name that others look for: they would take it for a dead worker's in between.
        Path unseen = folder.resolve(worker + ".new");
        FileChannel channel = FileChannel.open(unseen, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("can't be locked: " + unseen);
            }
            Files.move(unseen, folder.resolve(worker + EXTENSION), StandardCopyOption.ATOMIC_MOVE);
            return new Presence(folder, worker, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The workers of this home that are dead for certain. */
    Set<String> dead() {
        Set<String> dead = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(EXTENSION) && !name.equals(worker + EXTENSION) && isFree(file)) {
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

    /** This process takes no more work. Its file stays for the next sweep, which takes up what could not be given back. */
    @Override
    public void close() throws IOException {
        own.close();
    }
}
