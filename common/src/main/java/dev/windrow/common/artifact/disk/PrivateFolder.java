package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Folders that hold other people's data: open to the service's own user alone, and synced when their entries change.
 */
public final class PrivateFolder {
    private PrivateFolder() {}

    /** Makes the folder, and those above it, where missing; a new one is mode 0700 on POSIX systems. */
    public static Path create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectories(folder, OwnerOnly.folder());
    }

    /**
     * Makes renames and removals in the folder survive a power cut; does nothing where the system can't open folders
     * (Windows).
     */
    public static void sync(Path folder) throws IOException {
        if (OwnerOnly.isKnown()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
