package dev.windrow.worker.files;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary archives of runs: one file per claim, named by the claim alone, so that a zombie and its successor
 * never write to the same file; and beside it, once it is sealed, the list of its blocks. Thread-safe.
 */
public final class WorkFiles {
    private static final Logger log = LoggerFactory.getLogger(WorkFiles.class);
    /** What a temporary archive's name ends with. */
    private static final String EXTENSION = ".part";

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    /** Copied at once: a run that is told to stop in the middle of a big copy ends it after this much. */
    private static final long STRETCH = 64L << 20;

    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);

    /** A name that no run and no janitor looks for. */
    private static final String PROBE = ".probe-";

    private final Path folder;
    private final Replicas replicas;

    /** @param folder one for all workers of a home; it exists */
    public WorkFiles(Path folder) {
        this(folder, Replicas.NONE);
    }

    /** @param replicas where the files are kept besides */
    public WorkFiles(Path folder, Replicas replicas) {
        this.folder = folder;
        this.replicas = replicas;
    }

    /** Where the files are kept besides. */
    public Replicas replicas() {
        return replicas;
    }

    /** Writes a few bytes that are gone again: fails where no run could write. */
    void probe() throws IOException {
        Path probe = Files.createTempFile(folder, PROBE, "", OwnerOnly.file());
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Where that claim's temporary archive is, or would be. */
    public Path of(Claim claim) {
        return of(claim.fileName());
    }

    /** Where the file of that name is, or would be. */
    public Path of(String name) {
        return folder.resolve(name + EXTENSION);
    }

    /** Where the list of the blocks of that claim's archive is, or would be. */
    public Path blocksOf(Claim claim) {
        return of(claim.fileName() + Artifact.BLOCKS);
    }

    /**
     * The names of all temporary files, of whatever claim: of archives as {@link Claim#fileName} gives them, of lists
     * with {@link Artifact#BLOCKS}. Strangers' are among them.
     */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .toList();
        }
    }

    /**
     * Frees the name of a claim that is about to begin. Who has it was of the same number in a status table that an
     * older one has taken the place of since: it becomes a stranger's file, for a janitor to set aside, and whoever may
     * still write to it writes to that.
     */
    public void free(Claim claim) throws IOException {
        setAside(of(claim), claim.fileName() + ".unknown");
        setAside(blocksOf(claim), claim.fileName() + ".unknown" + Artifact.BLOCKS);
    }

    private void setAside(Path taken, String name) throws IOException {
        if (Files.exists(taken)) {
            log.warn("{} was there before its claim: it is set aside", taken.getFileName());
            Files.move(taken, of(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Puts into the store what a claim has sealed: the list of its blocks first, so that the archive never lies there
     * without it but where a person has removed it.
     *
     * @param kept what is kept of the archive as segments
     */
    void publish(Artifact sealed, ArtifactStore artifacts, List<Segment> kept) throws IOException {
        artifacts.publish(List.of(
                new ArtifactStore.Sealed(of(sealed.blocksKey()), sealed.blocksKey()),
                new ArtifactStore.Sealed(of(sealed.writtenAs()), sealed.key(), kept)));
    }

    /**
     * Gives a new claim what an earlier one had synced.
     *
     * @param length how much of the earlier file counts, in bytes
     * @param copied told of every stretch, in bytes; what it throws ends the copy
     * @return false when the earlier file is not there, or shorter than that
     */
    public boolean adopt(Claim earlier, long length, Claim claim, LongConsumer copied) throws IOException {
        Path from = of(earlier);
        if (!Files.isRegularFile(from) || Files.size(from) < length) {
            return false;
        }
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(of(claim), ANEW, OwnerOnly.file())) {
            long done = 0;
            while (done < length) {
                long stretch = source.transferTo(done, Math.min(STRETCH, length - done), target);
                if (stretch <= 0) {
                    return false;
                }
                done += stretch;
                copied.accept(stretch);
            }
        }
        return true;
    }

    /** Makes the names of new files survive a power cut: a row may name a file only after this. */
    public void syncFolder() throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Whether the claim's temporary archive is there. */
    public boolean has(Claim claim) {
        return Files.exists(of(claim));
    }

    /** Removes what is there of that claim: its temporary archive and its list. */
    public void remove(Claim claim) throws IOException {
        Files.deleteIfExists(of(claim));
        Files.deleteIfExists(blocksOf(claim));
    }

    /** Removes the temporary archives of this claim and of the export's earlier ones; never a later one's. */
    public void removeUpTo(Claim claim) throws IOException {
        for (long number = claim.number(); number > 0; number--) {
            remove(new Claim(claim.id(), number));
        }
    }

    /** Removes what this claim's own file has made superfluous. */
    public void removeBefore(Claim claim) throws IOException {
        removeUpTo(new Claim(claim.id(), claim.number() - 1));
    }
}
