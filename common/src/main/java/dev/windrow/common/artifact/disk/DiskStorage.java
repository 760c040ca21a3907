package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.Storage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system that holds the work folder, the folder of artifacts, the status database and the ballast.
 * Thread-safe.
 */
public final class DiskStorage implements Storage {
    private static final Logger log = LoggerFactory.getLogger(DiskStorage.class);

    /**
     * Free disk that is left alone where no reserve is set: this, but on a small disk no more than {@link #SHARE} of
     * it.
     */
    private static final long DEFAULT_RESERVE = 1L << 30;

    private static final int SHARE = 10;
    /** A write of the status table takes a few pages, several of them at once still less than this. */
    private static final long FULL = 1 << 20;
    /** What the folders hold is summed up no more often than this. */
    private static final long USED_NANOS = 1_000_000_000L;

    private final FileStore disk;
    private final List<Path> folders;
    private final Ballast ballast;
    private final Limits limits;
    private long used;
    private long usedAt;

    /**
     * What may be used, in bytes.
     *
     * @param reserve free disk that is left alone; null for 1 GiB, or a tenth of a disk that is smaller than ten
     *     times that
     * @param budget what work files and artifacts may hold; null for as much as there is
     */
    public record Limits(@Nullable Long reserve, @Nullable Long budget) {
        public Limits {
            if (reserve != null && reserve < 0 || budget != null && budget < 0) {
                throw new IllegalArgumentException("limits below zero: " + reserve + ", " + budget);
            }
        }
    }

    /** @param ballast the file that is kept to be given up on a full disk; made by {@link #restock} */
    public DiskStorage(Path work, Path artifacts, Path ballast, Limits limits) throws IOException {
        this(work, artifacts, new Ballast(ballast), limits);
    }

    DiskStorage(Path work, Path artifacts, Ballast ballast, Limits limits) throws IOException {
        // Looked up once: that reads the table of mounts. Each question to it is one call of the system then.
        this.disk = Files.getFileStore(work);
        this.folders = List.of(work, artifacts);
        this.ballast = ballast;
        this.limits = limits;
        this.usedAt = System.nanoTime() - USED_NANOS;
    }

    @Override
    public long left() throws IOException {
        long free = free();
        Long budget = limits.budget();
        return budget == null ? free : Math.min(free, budget - used());
    }

    /** Free disk above the reserve. */
    private long free() throws IOException {
        Long set = limits.reserve();
        long reserve = set == null ? Math.min(DEFAULT_RESERVE, disk.getTotalSpace() / SHARE) : set;
        return disk.getUsableSpace() - reserve;
    }

    private synchronized long used() throws IOException {
        if (System.nanoTime() - usedAt >= USED_NANOS) {
            long sum = 0;
            for (Path folder : folders) {
                sum += used(folder);
            }
            used = sum;
            usedAt = System.nanoTime();
        }
        return used;
    }

    private static long used(Path folder) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                sum += length(file);
            }
        }
        return sum;
    }

    private static long length(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            // Gone since the folder was read.
            return 0;
        }
    }

    @Override
    public boolean isFull() {
        try {
            return disk.getUsableSpace() < FULL;
        } catch (IOException e) {
            log.warn("The disk can't be asked for its free space: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void relieve() {
        try {
            if (ballast.release()) {
                log.warn("The disk is full: gave up the ballast");
            }
        } catch (IOException e) {
            log.warn("The ballast can't be removed: {}", e.getMessage());
        }
    }

    @Override
    public void restock() {
        try {
            // Twice its size: a disk that the ballast would fill is none to have it on.
            if (!ballast.isWhole() && free() >= 2L * ballast.bytes()) {
                ballast.make();
                log.info("Put by a ballast of {} bytes for a full disk", ballast.bytes());
            }
        } catch (IOException e) {
            log.warn("No ballast made: {}", e.getMessage());
        }
    }
}
