package dev.windrow.worker.run;

import dev.windrow.common.export.Claim;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The temporary archives of runs: one file a claim, named by the claim alone, so that a zombie and its successor never write to the
 * same file.
 */
final class WorkFiles {
    /** What a temporary archive's name ends with. */
    private static final String EXTENSION = ".part";

    private final Path folder;

    WorkFiles(Path folder) {
        this.folder = folder;
    }

    /** Where that claim's temporary archive is, or would be. */
    Path of(Claim claim) {
        return folder.resolve(claim.fileName() + EXTENSION);
    }

    /**
     * Gives a new claim what an earlier one had synced.
     *
     * @param length how much of the earlier file counts, in bytes
     * @return false when the earlier file is not there, or shorter than that
     */
    boolean adopt(Claim earlier, long length, Claim claim) throws IOException {
        Path from = of(earlier);
        if (!Files.isRegularFile(from) || Files.size(from) < length) {
            return false;
        }
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(
                        of(claim),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long done = 0;
            while (done < length) {
                long copied = source.transferTo(done, length - done, target);
                if (copied <= 0) {
                    return false;
                }
                done += copied;
            }
        }
        return true;
    }

    /** Removes the temporary archives of this claim and of the export's earlier ones; never a later one's. */
    void removeUpTo(Claim claim) throws IOException {
        for (long number = claim.number(); number > 0; number--) {
            Files.deleteIfExists(of(new Claim(claim.id(), number)));
        }
    }

    /** Removes what this claim's own file has made superfluous. */
    void removeBefore(Claim claim) throws IOException {
        removeUpTo(new Claim(claim.id(), claim.number() - 1));
    }
}
