package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.jdbc.JdbcExportUpkeep;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRetention;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Migrations;
import dev.windrow.worker.files.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A home to be swept: status table, work files, store and quarantine, all real. */
final class Yard implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
    static final String OWNER = "local";

    final JdbcExports exports;
    final JdbcRuns runs;
    final JdbcExportUpkeep upkeep;
    final DiskArtifactStore artifacts;
    final Path work;
    final Path quarantine;
    private final Path store;
    private final StatusDatabase database;
    private long ids;

    Yard(Path folder) throws IOException {
        this.store = folder.resolve("artifacts");
        this.artifacts = new DiskArtifactStore(store);
        this.work = Files.createDirectories(folder.resolve("work"));
        this.quarantine = Files.createDirectories(folder.resolve("quarantine"));
        this.database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        this.exports = new JdbcExports(database, at(NOW));
        this.runs = new JdbcRuns(database);
        this.upkeep = new JdbcExportUpkeep(database);
    }

    static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    Janitor janitor(Instant now) {
        return Janitor.ofHome(
                upkeep, artifacts, new WorkFiles(work), new Quarantine(quarantine, Duration.ofDays(7), at(now)));
    }

    /** Of a bucket, with its store. */
    Janitor janitor(Instant now, ArtifactStore bucket, Segments segments) {
        return Janitor.ofBucket(upkeep, bucket, segments, new Quarantine(quarantine, Duration.ofDays(7), at(now)));
    }

    ExportId nextId() {
        ids++;
        return new ExportId(new UUID(NOW.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L | ids));
    }

    void queue(ExportId id) {
        exports.insert(Export.queued(
                id,
                OWNER,
                new ExportRequest("numbers", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "numbers.zip"),
                NOW));
    }

    /** A new export that runs. */
    Claim running(String worker) {
        queue(nextId());
        return claim(worker);
    }

    Claim claim(String worker) {
        return runs.claimNext(worker, NOW, Duration.ofSeconds(10)).orElseThrow().lastClaim();
    }

    Export export(Claim claim) {
        return exports.find(claim.id(), OWNER).orElseThrow();
    }

    void checkpoint(Claim claim) {
        Checkpoint checkpoint = new Checkpoint(claim.number(), 6, "zlib:0/6", 1, List.of());
        runs.checkpoint(claim, checkpoint, progress(), NOW.plusSeconds(10));
    }

    void complete(Claim claim) {
        runs.complete(claim, artifact(claim), progress(), NOW, NOW.plusSeconds(100));
    }

    /** How many completed exports' time is over then. */
    int expire(Instant then) {
        return new JdbcRetention(database).expire(then, Instant.EPOCH).size();
    }

    /** A sweep of expired exports by a worker of the same status table that has its archives elsewhere. */
    Expiry expiryElsewhere(Path elsewhere, Instant then) throws IOException {
        return new Expiry(new JdbcRetention(database), new DiskArtifactStore(elsewhere), Duration.ofDays(90), at(then));
    }

    static Progress progress() {
        return new Progress(Phase.ROWS, 1, null, null, 1, new Pace(1, null), null);
    }

    static Artifact artifact(Claim claim) {
        return Artifact.zip(claim, 1, "0".repeat(64), List.of());
    }

    /** A temporary archive, an hour old. */
    void part(Claim claim) throws IOException {
        file(work.resolve(claim.fileName() + ".part"));
    }

    /** An archive in the store, an hour old. */
    void zip(Claim claim) throws IOException {
        file(store.resolve(claim.fileName() + ".zip"));
    }

    /** The lists of its blocks, in the work folder and in the store, an hour old. */
    void blocks(Claim claim) throws IOException {
        file(work.resolve(claim.fileName() + ".blocks.part"));
        file(store.resolve(claim.fileName() + ".blocks"));
    }

    static void file(Path path) throws IOException {
        Files.writeString(path, "x");
        Files.setLastModifiedTime(path, FileTime.from(NOW.minusSeconds(3600)));
    }

    /** The names of all files of home, but the table's and the one with the store's name. */
    Set<String> files() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : List.of(work, store, quarantine)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> !file.endsWith(".store"))
                        .forEach(file -> names.add(folder.getFileName() + "/" + file.getFileName()));
            }
        }
        return names;
    }

    @Override
    public void close() {
        database.close();
    }
}
