package dev.windrow.app;

import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL that writes down every statement; started once for all tests of this JVM, whose end ends it. */
final class StatusServer {
    static final StatusServer STARTED = new StatusServer();

    private final EmbeddedPostgres server;
    private final Path logs;

    private StatusServer() {
        try {
            logs = Files.createTempDirectory("windrow-postgresql");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(logs)));
            // The server is another user's.
            logs.toFile().setWritable(true, false);
            logs.toFile().setReadable(true, false);
            logs.toFile().setExecutable(true, false);
            server = EmbeddedPostgres.builder()
                    .setPort(Ports.free())
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_directory", logs.toString())
                    .setServerConfig("log_filename", "postgresql.log")
                    .setServerConfig("log_file_mode", "0644")
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("log_line_prefix", "%a/%d: ")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** Makes a database. */
    void make(String name) throws SQLException {
        sql("postgres", "create database " + name);
    }

    void sql(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    String ask(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection connect(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    /**
     * The statements of Windrow's processes in that database so far, with those that begin and end transactions, but
     * not the empty ones that look whether a connection lives.
     */
    List<String> statements(String database) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            String log = Files.readString(files.findFirst().orElseThrow());
            return log.lines()
                    .filter(line -> line.startsWith("windrow") && line.contains("/" + database + ":"))
                    .filter(line -> line.matches(".*LOG:  (statement: .|execute [^:]*: .).*"))
                    .toList();
        }
    }

    /** What a process is told, to reach it by that port. */
    static String[] settings(int port, String database) {
        return new String[] {
            "--windrow.database.url=jdbc:postgresql://127.0.0.1:" + port + "/" + database,
            "--windrow.database.username=postgres"
        };
    }
}
