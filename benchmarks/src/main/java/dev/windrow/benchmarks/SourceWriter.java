package dev.windrow.benchmarks;

import dev.windrow.testkit.Folders;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;

/**
 * What an export costs those who write to its source: one insert a transaction, every five milliseconds, while one
 * export after another runs, or one pipe after another.
 */
final class SourceWriter {
    private static final String PART = "writer";
    private static final int INSERTS = 600;
    private static final long PATIENT = 10_000;

    private final Options options;
    private final Results results;
    /** The next one's key. */
    private long next;

    SourceWriter(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** @param millis how long each insert took, in their order */
    private record Inserts(List<Double> millis, long refused, long mostWal) {
        double p99() {
            return Measured.quantile(
                    millis.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.99);
        }

        double most() {
            return millis.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    @FunctionalInterface
    private interface Load {
        void once() throws IOException;
    }

    void run(Path data) throws IOException {
        for (String mode : List.of("wal", "delete")) {
            // The most rows, since a leg's length does not depend on them but a scan's does.
            Readings readings = new Readings(mode.equals("wal") ? options.rows() : options.bigRows(), mode);
            Path source = readings.prepare(data);
            Path copy = Files.createTempDirectory("windrow-source");
            Files.copy(source.resolve("catalog.yaml"), copy.resolve("catalog.yaml"));
            Path database = copy.resolve("source.db");
            Files.copy(readings.database(source), database, StandardCopyOption.REPLACE_EXISTING);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                    Server server = Server.start(
                            options.launcher(),
                            options.heap(),
                            copy.resolve("catalog.yaml"),
                            "--windrow.worker.concurrency=1")) {
                measure(readings, connection, server, copy);
            } catch (SQLException e) {
                throw new IOException("the writer of the source failed: " + e.getMessage(), e);
            }
            Folders.delete(copy);
        }
    }

    private void measure(Readings readings, Connection connection, Server server, Path folder)
            throws IOException, SQLException {
        busyTimeout(connection, PATIENT);
        server.export(Readings.body());
        Path wal = folder.resolve("source.db-wal");
        Load export = () -> server.export(Readings.body());
        Inserts alone = insert(connection, wal);
        Inserts loops = insertBesideLoops(connection, wal);
        Inserts beside = beside(connection, wal, export);
        String rows = String.format(Locale.ROOT, " (%,d rows, %s)", readings.rows(), readings.journalName());
        results.add(PART, "A writer of the source" + rows + ", alone, p99", "", "%.1f ms", alone.p99());
        results.add(PART, "… beside a loop on each core, that touches no file, p99", "", "%.1f ms", loops.p99());
        results.add(PART, "… beside an export, p99", "", "%.1f ms", beside.p99());
        results.add(PART, "… beside an export, the longest", "", "%.1f ms", beside.most());
        String writer = "a writer beside an export" + rows + ": ";
        if (readings.journal().equals("wal")) {
            besidePipe(readings, connection, folder, writer, beside);
            busyTimeout(connection, 0);
            Inserts impatient = beside(connection, wal, export);
            results.atMost(PART, "… refused at `busy_timeout = 0`, of " + INSERTS, 0, impatient.refused, "");
            double most = Math.max(beside.mostWal, impatient.mostWal) / 1e6;
            results.atMost(PART, "… the WAL's length, MB", 64, most, "");
        } else {
            results.atMost(PART, writer + "the longest commit, s", 1.0, beside.most() / 1000, "");
        }
    }

    /** A pipe's wait for a writer is none: with a rollback journal it would be refused. */
    private void besidePipe(Readings readings, Connection connection, Path folder, String writer, Inserts besideExport)
            throws IOException, SQLException {
        Load pipe = () -> Peer.pigz()
                .run(readings.database(folder).toString(), readings.workload().query(), folder);
        Inserts besidePipe = beside(connection, folder.resolve("source.db-wal"), pipe);
        results.add(PART, "… beside `" + Peer.PIGZ + "`, p99", "", "%.1f ms", besidePipe.p99());
        results.add(PART, "… beside `" + Peer.PIGZ + "`, the longest", "", "%.1f ms", besidePipe.most());
        double ratio = besideExport.p99() / besidePipe.p99();
        results.atMost(PART, writer + "p99, to that beside the pipe", 1.0, ratio, "");
    }

    private static void busyTimeout(Connection connection, long millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + millis);
        }
    }

    /** Inserts while something runs again and again; ends with it. */
    private Inserts beside(Connection connection, Path wal, Load load) throws IOException, SQLException {
        List<IOException> failures = new ArrayList<>();
        boolean[] over = new boolean[1];
        Thread thread = new Thread(() -> {
            try {
                while (!isOver(over)) {
                    load.once();
                }
            } catch (IOException e) {
                failures.add(e);
            }
        });
        thread.start();
        try {
            Wait.millis(100);
            return insert(connection, wal);
        } finally {
            synchronized (over) {
                over[0] = true;
            }
            join(thread);
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
        }
    }

    private static boolean isOver(boolean[] over) {
        synchronized (over) {
            return over[0];
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What it costs a writer that the cores are taken, whoever takes them. */
    private Inserts insertBesideLoops(Connection connection, Path wal) throws IOException, SQLException {
        List<Process> loops = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            return insert(connection, wal);
        } finally {
            loops.forEach(Process::destroy);
        }
    }

    private Inserts insert(Connection connection, Path wal) throws IOException, SQLException {
        List<Double> millis = new ArrayList<>();
        long refused = 0;
        long mostWal = 0;
        try (PreparedStatement insert = connection.prepareStatement("insert into readings values ('w', ?, 1.5, 0)")) {
            for (int i = 0; i < INSERTS; i++) {
                insert.setLong(1, next++);
                long began = System.nanoTime();
                try {
                    insert.executeUpdate();
                } catch (SQLException e) {
                    if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
                        throw e;
                    }
                    refused++;
                }
                millis.add((System.nanoTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1));
                mostWal = Files.exists(wal) ? Math.max(mostWal, Files.size(wal)) : mostWal;
                Wait.millis(5);
            }
        }
        return new Inserts(millis, refused, mostWal);
    }
}
