package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an export costs those who write to its source: one insert a transaction, every five milliseconds, while one export after another runs. */
final class SourceWriter {
    private static final int INSERTS = 400;
    private static final int EXPORTS = 4;

    private final Options options;
    private final Results results;

    SourceWriter(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void run(Path source) throws IOException {
        for (String mode : new String[] {"wal", "delete"}) {
            Path copy = Files.createTempDirectory("windrow-source");
            Files.createDirectories(copy.resolve("sources"));
            Path database = copy.resolve("sources/sensors.db");
            Files.copy(source.resolve("catalog.yaml"), copy.resolve("catalog.yaml"));
            Files.copy(source.resolve("sources/sensors.db"), database, StandardCopyOption.REPLACE_EXISTING);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                    Server server = Server.start(
                            options.launcher(),
                            options.heap(),
                            copy.resolve("catalog.yaml"),
                            "--windrow.worker.concurrency=1")) {
                measure(mode, connection, server, copy.resolve("sources/sensors.db-wal"));
            } catch (SQLException e) {
                throw new IOException("the writer of the source failed: " + e.getMessage(), e);
            }
            for (String name : new String[] {"sources/sensors.db", "sources", "catalog.yaml", ""}) {
                Files.deleteIfExists(copy.resolve(name));
            }
        }
    }

    private void measure(String mode, Connection connection, Server server, Path wal) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = " + mode);
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("insert into sensors values (999, 'w', 'w', null, 'w')");
        }
        server.export(Queue.LOAD);
        double[] alone = insert(connection, 0);
        double[] besideLoops = insertBesideLoops(connection, INSERTS);
        String[] running = new String[EXPORTS];
        for (int i = 0; i < EXPORTS; i++) {
            running[i] = server.client().start(Queue.LOAD);
        }
        double[] beside = insert(connection, 2 * INSERTS);
        for (String id : running) {
            server.client().await(id);
        }
        String name = mode.equals("wal") ? "WAL" : "rollback journal";
        results.add(
                "writer",
                "A writer of the source (" + name + "), alone, p99",
                "",
                "%.1f ms",
                Measured.quantile(alone, 0.99));
        results.add(
                "writer",
                "… beside a loop on each core, that touches no file, p99, to that",
                "",
                "%.2f",
                Measured.quantile(besideLoops, 0.99) / Measured.quantile(alone, 0.99));
        results.add(
                "writer",
                "… beside an export, p99, to that",
                "≤ 2",
                "%.2f",
                Measured.quantile(beside, 0.99) / Measured.quantile(alone, 0.99));
        if (Files.exists(wal)) {
            results.add("writer", "… the WAL's length after that", "bounded", "%.1f MB", Files.size(wal) / 1e6);
        }
    }

    /** What it costs a writer that the cores are taken, whoever takes them. */
    private static double[] insertBesideLoops(Connection connection, int from) throws IOException, SQLException {
        List<Process> loops = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            return insert(connection, from);
        } finally {
            loops.forEach(Process::destroy);
        }
    }

    /** The times of inserts in milliseconds, sorted. */
    private static double[] insert(Connection connection, int from) throws IOException, SQLException {
        double[] millis = new double[INSERTS];
        try (PreparedStatement insert = connection.prepareStatement("insert into readings values (999, ?, 1.5, 0)")) {
            for (int i = 0; i < INSERTS; i++) {
                insert.setLong(1, from + i);
                long began = System.nanoTime();
                insert.executeUpdate();
                millis[i] = (System.nanoTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1);
                Wait.millis(5);
            }
        }
        Arrays.sort(millis);
        return millis;
    }
}
