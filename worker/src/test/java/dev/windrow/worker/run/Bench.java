package dev.windrow.worker.run;

import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Grant;
import dev.windrow.common.access.Standing;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.jdbc.JdbcExportUpkeep;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.testkit.Migrations;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.files.Replicas;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.SettableStorage;
import dev.windrow.worker.files.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that a run needs, real and in one folder: a source of numbered rows, the status table, a store, and
 * runners.
 */
final class Bench implements AutoCloseable {
    static final String OWNER = "local";
    static final ExportId ID = new ExportId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");

    final Path folder;
    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final DiskArtifactStore artifacts;
    final Exports exports;
    final Runs runs;
    final ExportUpkeep upkeep;
    final SourceConnections connections = new SourceConnections();
    final SettableStorage storage = new SettableStorage();
    final JdbcRowSource source =
            new JdbcRowSource(connections, MaskKey.of("the secret that masks, and is long enough"));
    Dataset.Guard guard = Dataset.Guard.NONE;
    Grant grant = Grant.UNKNOWN;
    Standing standing = Standing.ALWAYS;
    private List<DatasetFile> custom = List.of();
    Consistency consistency = Consistency.BATCH;
    /** How long a run may show no sign of life. */
    Duration hungAfter = Duration.ofMinutes(10);

    /** Where files of runs are kept besides. */
    Replicas replicas = Replicas.NONE;
    /** Whose disk the runners from now on have. */
    String machine = "work";

    private final StatusDatabase database;
    private DeflatePool deflate = new DeflatePool(2);

    Bench(Path folder) throws IOException {
        this.folder = folder;
        this.artifacts = new DiskArtifactStore(folder.resolve("artifacts"));
        Files.createDirectories(work());
        this.database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        this.exports = new JdbcExports(database, clock);
        this.runs = new JdbcRuns(database);
        this.upkeep = new JdbcExportUpkeep(database);
    }

    /** Rows 1 to n in the source's table. */
    Bench withRows(int rows) throws SQLException {
        // So that a test may write while a batch is read.
        sql("pragma journal_mode = wal");
        sql("create table numbers (n integer primary key, words text not null, part real)");
        sql("with recursive c(n) as (select 1 union all select n + 1 from c where n < " + rows + ") "
                + "insert into numbers select n, 'number ' || n || ' of them', n / 8.0 from c");
        return this;
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(sourceUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As {@link #sql}, for what happens in the middle of a run. */
    void run(String... statements) {
        try {
            for (String statement : statements) {
                sql(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Path work() {
        return folder.resolve(machine);
    }

    private String sourceUrl() {
        return "jdbc:sqlite:" + folder.resolve("source.db");
    }

    Dataset dataset() {
        Source plant = new Source("plant", sourceUrl(), null, null);
        List<Column> columns = List.of(
                new Column("n", ColumnType.INTEGER, false, null),
                new Column("words", ColumnType.STRING, false, null),
                new Column("part", ColumnType.NUMBER, false, null));
        List<DatasetFile> files = !custom.isEmpty()
                ? custom
                : List.of(
                        new DatasetFile(
                                "small",
                                "select n, words, part from numbers where n <= 3",
                                List.of(new KeyPart("n", true)),
                                columns,
                                2),
                        new DatasetFile(
                                "numbers",
                                "select n, words, part from numbers",
                                List.of(new KeyPart("n", false)),
                                columns,
                                100));
        return new Dataset(
                new Dataset.Label("numbers", "Numbers", null),
                new Dataset.Reading(plant, true, consistency),
                List.of(Format.CSV),
                List.of(),
                null,
                files,
                guard);
    }

    /** Has the runners from now on be another engine. */
    void become(String engine) {
        deflate.close();
        deflate = new DeflatePool(2, level -> engine + "/" + level);
    }

    /** Makes the checkpoint one of a version that kept no engine in it. */
    void forgetEngine() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("windrow.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("update exports set checkpoint = json_remove(checkpoint, '$.engine')");
        }
    }

    /** Files other than the usual two. */
    Bench withFiles(DatasetFile... files) {
        custom = List.of(files);
        return this;
    }

    /** Queues an export of all columns of the first file. */
    void queue(Format format, FormatOptions options) {
        List<String> columns = Gate.shown(dataset().files().get(0), grant.masks()).stream()
                .map(Column::name)
                .toList();
        exports.insert(Export.queued(
                ID,
                new Export.Holder(OWNER, grant),
                new ExportRequest("numbers", format, Map.of(), columns, options, "numbers.zip"),
                NOW));
    }

    void queue() {
        exports.insert(Export.queued(
                ID,
                OWNER,
                new ExportRequest(
                        "numbers",
                        Format.CSV,
                        Map.of(),
                        List.of("n", "words", "part"),
                        FormatOptions.DEFAULT,
                        "numbers.zip"),
                NOW));
    }

    ExportRunner runner() {
        return runner(source);
    }

    ExportRunner runner(RowSource rows) {
        return runner(runs, rows, artifacts, clock);
    }

    ExportRunner runner(RowSource rows, ArtifactStore store, Clock time) {
        return runner(runs, rows, store, time);
    }

    ExportRunner runner(Runs table, RowSource rows, Clock time) {
        return runner(table, rows, artifacts, time);
    }

    private ExportRunner runner(Runs table, RowSource rows, ArtifactStore store, Clock time) {
        RunResources resources = new RunResources(
                rows, store, new WorkFiles(work(), replicas), new RunSpace(storage), deflate, time, settings());
        return new ExportRunner(table, new Catalog(List.of(dataset())), resources, standing, NoTraces.NONE);
    }

    RunSettings settings() {
        return new RunSettings(
                "test", 6, Duration.ofSeconds(10), hungAfter, Duration.ZERO, Duration.ofDays(7), "Windrow test");
    }

    Export export() {
        return exports.find(ID, OWNER).orElseThrow();
    }

    List<String> workFiles() throws IOException {
        try (Stream<Path> files = Files.list(work())) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** The list of the archive's blocks. */
    String blocks() throws IOException {
        return Files.readString(
                artifacts.localFile(export().artifact().blocksKey()).orElseThrow());
    }

    byte[] archive() throws IOException {
        return Files.readAllBytes(artifacts.localFile(export().artifact().key()).orElseThrow());
    }

    @Override
    public void close() {
        deflate.close();
        connections.close();
        database.close();
    }
}
