package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRetention;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Migrations;
import dev.windrow.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A status table and a store in one folder, with a clock that stands still until it is told. */
final class EndedExports implements AutoCloseable {
    static final Duration FILES_KEPT = Duration.ofDays(7);

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:20:30.123Z"));
    final DiskArtifactStore artifacts;
    final JdbcExports exports;
    final JdbcRuns runs;
    final JdbcRetention retention;
    private final Path folder;
    private final StatusDatabase database;
    private long ids;

    EndedExports(Path folder) throws IOException {
        this.folder = folder;
        this.artifacts = new DiskArtifactStore(folder.resolve("artifacts"));
        this.database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        this.exports = new JdbcExports(database, clock);
        this.runs = new JdbcRuns(database);
        this.retention = new JdbcRetention(database);
    }

    /** Completed clock.instant(), with these bytes as its archive. */
    Claim completed(byte[] archive) throws IOException {
        return completed(archive, artifacts.name());
    }

    /** As {@link #completed(byte[])}, by a worker that called its store that; null for one that gave it no name. */
    Claim completed(byte[] archive, @Nullable String store) throws IOException {
        Claim claim = running();
        Path file = Files.write(folder.resolve("finished"), archive);
        Path blocks = Files.writeString(folder.resolve("listed"), "[]");
        Artifact artifact = Artifact.zip(claim, archive.length, Digests.hex(archive), List.of())
                .in(store);
        artifacts.publish(List.of(
                new ArtifactStore.Sealed(blocks, artifact.blocksKey()),
                new ArtifactStore.Sealed(file, artifact.key())));
        runs.complete(
                claim, artifact, Progress.NONE, clock.instant(), clock.instant().plus(FILES_KEPT));
        return claim;
    }

    /** The store of this folder. */
    Artifact.Store own(boolean isOnly) {
        return new Artifact.Store(artifacts.name(), isOnly);
    }

    Claim running() {
        ids++;
        ExportId id = new ExportId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L | ids));
        ExportRequest request =
                new ExportRequest("d", Format.CSV, Map.of(), List.of("c"), FormatOptions.DEFAULT, "d.zip");
        exports.insert(Export.queued(id, "ann", request, clock.instant()));
        return runs.claimNext("test", clock.instant(), Duration.ofSeconds(10))
                .orElseThrow()
                .lastClaim();
    }

    Optional<Export> find(Claim claim) {
        return exports.find(claim.id(), "ann");
    }

    Path file(Claim claim) {
        return artifacts.localFile(claim.fileName() + ".zip").orElseThrow();
    }

    @Override
    public void close() {
        database.close();
    }
}
