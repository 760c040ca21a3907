package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.ArtifactSettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.NoSegments;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.artifact.s3.S3Bucket;
import dev.windrow.common.artifact.s3.S3Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;

/**
 * Where archives are kept, in a folder or in a bucket; nothing else knows which.
 *
 * @param held what is open for as long as the process lives
 */
record ArtifactPlace(ArtifactStore store, Segments segments, DirectLinks links, AutoCloseable held)
        implements AutoCloseable {
    /** A caller waits for no answer of a bucket for longer; a run does. */
    private static final Duration OF_CALLERS = Duration.ofSeconds(2);

    private static final Duration OF_RUNS = Duration.ofSeconds(30);

    static ArtifactPlace open(WindrowSettings settings, Home home) {
        S3Place bucket = settings.artifacts().bucket().orElse(null);
        return bucket == null ? folder(settings.artifacts(), home) : bucket(settings, bucket);
    }

    private static ArtifactPlace folder(ArtifactSettings settings, Home home) {
        Path folder = settings.folder().orElse(home.artifacts());
        try {
            DiskArtifactStore store = new DiskArtifactStore(folder);
            requireMoves(home.work(), folder);
            return new ArtifactPlace(store, new NoSegments(), DirectLinks.NONE, () -> {});
        } catch (IOException e) {
            throw new RefusedStartException("The folder of archives can't be used: " + e.getMessage(), e);
        }
    }

    /** An archive is there at once or not at all, which only a rename gives. */
    private static void requireMoves(Path work, Path folder) throws IOException {
        Path probe = Files.createTempFile(work, ".probe", null);
        Path there = folder.resolve(probe.getFileName());
        try {
            Files.move(probe, there, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new RefusedStartException(
                    "windrow.artifacts.url: no file can be moved from windrow.home to that folder in one step: "
                            + e.getMessage() + "; both must be on one file system, so name a folder beside the home,"
                            + " or put the home there",
                    e);
        } finally {
            Files.deleteIfExists(probe);
            Files.deleteIfExists(there);
        }
    }

    private static ArtifactPlace bucket(WindrowSettings settings, S3Place place) {
        try {
            S3Bucket bucket =
                    S3Bucket.open(place, settings.role().servesApi() ? OF_CALLERS : OF_RUNS, Clock.systemUTC());
            return new ArtifactPlace(
                    bucket.artifacts(),
                    bucket.segments(),
                    settings.artifacts().serve() == ArtifactSettings.Serve.REDIRECT ? bucket.links() : DirectLinks.NONE,
                    bucket);
        } catch (IOException e) {
            throw new RefusedStartException("windrow.artifacts.url: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws Exception {
        held.close();
    }
}
