package dev.windrow.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A PostgreSQL of a test's own, on one port for its life, that can be ended at once and started again. */
final class PostgresServer implements AutoCloseable {
    private static final String DATABASE = "status";

    private final Path data;
    private final EmbeddedPostgres server;

    private PostgresServer(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    static PostgresServer start() throws IOException, SQLException {
        Path data = Files.createTempDirectory(
                "windrow-postgresql",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                // None of those that connections have: they might get it while the server is away.
                .setPort(Ports.free())
                // Connections that went silent for good are open here until someone forgets them.
                .setServerConfig("max_connections", "400")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("logging_collector", "on")
                .start();
        PostgresServer own = new PostgresServer(data, server);
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        return own;
    }

    int port() {
        return server.getPort();
    }

    /** Without a proxy between. */
    String url() {
        return server.getJdbcUrl("postgres", DATABASE);
    }

    /** What a process is told, to reach it by that port. */
    static List<String> settings(int port) {
        return List.of(
                "--windrow.database.url=jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                "--windrow.database.username=postgres");
    }

    /** The rows of a query, with a blank between their columns. */
    List<String> ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }

    /** The process that all of its processes come from. */
    long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    /**
     * Ends it at once, with all its connections and without a checkpoint.
     *
     * @return what {@link #begin} starts it with
     */
    List<String> end() throws IOException, InterruptedException {
        long pid = pid();
        List<String> command = new ArrayList<>();
        if (Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
            // It refuses to run as root; as whoever it ran before it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), UTF_8)
                .split("\0")));
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        return command;
    }

    /** Starts it again, which recovers what was written. */
    void begin(List<String> command) throws IOException {
        File log = data.resolve("again.log").toFile();
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Awaitility.await("PostgreSQL")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> !ask("select 1").isEmpty());
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (Files.exists(data)) {
            Folders.delete(data);
        }
    }
}
