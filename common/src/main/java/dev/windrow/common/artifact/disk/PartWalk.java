package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.Placement;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old archives that are not whole, through no link; what it may not look at or remove, it leaves. */
final class PartWalk extends SimpleFileVisitor<Path> {
    private static final Logger log = LoggerFactory.getLogger(PartWalk.class);

    private final Instant before;
    private int removed;

    /** @param before when they were written to for the last time */
    PartWalk(Instant before) {
        this.before = before;
    }

    int removed() {
        return removed;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()
                && Placement.isPart(String.valueOf(file.getFileName()))
                && attributes.lastModifiedTime().toInstant().isBefore(before)) {
            remove(file);
        }
        return FileVisitResult.CONTINUE;
    }

    private void remove(Path file) {
        try {
            removed += Files.deleteIfExists(file) ? 1 : 0;
        } catch (IOException e) {
            log.debug("{} stays", file, e);
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        log.debug("{} is not looked at", file, e);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
        return FileVisitResult.CONTINUE;
    }
}
