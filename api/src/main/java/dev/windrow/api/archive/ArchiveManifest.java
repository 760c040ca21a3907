package dev.windrow.api.archive;

import dev.windrow.common.manifest.Manifest;
import dev.windrow.common.manifest.ManifestFile;
import dev.windrow.common.manifest.ManifestReader;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of its files, read out of the manifest in it a file at a time: however many there are, no more
 * is held than was asked for. It is read from its beginning each time. Belongs to one thread.
 */
public final class ArchiveManifest {
    /** A longer one, of very many files, is not read for a single digest. */
    private static final long READ_FOR_A_DIGEST = 1 << 20;

    private final SeekableByteChannel archive;

    /** @param archive which the caller closes */
    public ArchiveManifest(SeekableByteChannel archive) {
        this.archive = archive;
    }

    /** One file; a digest that the manifest does not say is null. */
    public record Described(
            String name, long rows, long bytes, @Nullable String sha256) {}

    /** Whether to go on. */
    @FunctionalInterface
    private interface Visitor {
        boolean visit(Described file);
    }

    /** The files from that index on, at most so many, in the archive's order; none where there is no manifest. */
    public List<Described> files(int from, int most) throws IOException {
        List<Described> files = new ArrayList<>();
        int[] index = {0};
        each(Long.MAX_VALUE, file -> {
            if (index[0]++ >= from) {
                files.add(file);
            }
            return files.size() < most;
        });
        return files;
    }

    /** The digest of one file's plain bytes in hex; empty where the manifest does not say it, or is very long. */
    Optional<String> sha256(String name) throws IOException {
        String[] found = {null};
        each(READ_FOR_A_DIGEST, file -> {
            boolean that = file.name().equals(name);
            found[0] = that ? file.sha256() : null;
            return !that;
        });
        return Optional.ofNullable(found[0]);
    }

    private void each(long longest, Visitor visitor) throws IOException {
        Optional<StoredEntry> manifest = StoredEntry.find(archive, Manifest.NAME);
        if (manifest.isEmpty() || manifest.get().bytes() > longest) {
            return;
        }
        try (ManifestReader reader = new ManifestReader(manifest.get().plain())) {
            for (ManifestFile file = reader.next(); file != null; file = reader.next()) {
                if (!visitor.visit(described(file))) {
                    return;
                }
            }
        }
    }

    private static Described described(ManifestFile file) {
        String sha256 = file.sha256();
        boolean proper = sha256 != null && sha256.matches("[0-9a-f]{64}");
        return new Described(file.name(), Math.max(0, file.rows()), Math.max(0, file.bytes()), proper ? sha256 : null);
    }
}
