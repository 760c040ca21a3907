package dev.windrow.worker.outbox;

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
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.jdbc.JdbcOutbox;
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
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A status table and a store with exports that ended, and messages of them. */
public final class CompletedExports implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-31T23:59:58.123Z");
    public static final String OWNER = "ann/../b";

    public final SettableClock clock = new SettableClock(NOW);
    public final DiskArtifactStore artifacts;
    public final JdbcExports exports;
    public final JdbcOutbox outbox;
    private final Path folder;
    private final StatusDatabase database;
    private long ids;

    public CompletedExports(Path folder) throws IOException {
        this.folder = folder;
        this.artifacts = new DiskArtifactStore(folder.resolve("artifacts"));
        this.database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        this.exports = new JdbcExports(database, clock);
        this.outbox = new JdbcOutbox(
                JdbcClient.create(database.migrationSource()), database::reading, database.transactions());
    }

    /** One whose archive has these bytes. */
    public Export completed(String fileName, byte[] archive) throws IOException {
        ids++;
        ExportId id = new ExportId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L | ids));
        ExportRequest request =
                new ExportRequest("orders", Format.CSV, Map.of(), List.of("c"), FormatOptions.DEFAULT, fileName);
        exports.insert(Export.queued(id, OWNER, request, clock.instant()));
        JdbcRuns runs = new JdbcRuns(database);
        Claim claim = runs.claimNext("test", clock.instant(), Duration.ofSeconds(10))
                .orElseThrow()
                .lastClaim();
        Artifact artifact = Artifact.zip(claim, archive.length, Digests.hex(archive), List.of())
                .in(artifacts.name());
        artifacts.publish(Files.write(folder.resolve("finished"), archive), artifact.key());
        runs.complete(
                claim, artifact, Progress.NONE, clock.instant(), clock.instant().plus(Duration.ofDays(7)));
        return exports.find(id).orElseThrow();
    }

    /** The time of its archive is over, and a sweep has been there. */
    public void expire(Export export) throws IOException {
        var unused = new JdbcRetention(database).expire(clock.instant().plus(Duration.ofDays(8)), Instant.EPOCH);
        if (export.artifact() != null) {
            artifacts.delete(export.artifact().key());
        }
    }

    /** What tells a target of it. */
    public static Message message(Export export, Target target, String type, String payload) {
        return new Message(
                "msg_" + "0123456789abcdef".repeat(2),
                new Message.About(export.id(), export.owner(), export.request().dataset()),
                target,
                new Message.Event(type, 2, payload),
                new Message.Standing(Message.State.WAITING, NOW, NOW, 0, 1, null));
    }

    @Override
    public void close() {
        database.close();
    }
}
