package dev.windrow.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real MariaDB, the machine's own (Debian's {@code mariadb-server}), in a folder of its own on a port of the
 * loopback, started once for all tests of a JVM, whose end ends it. Where the machine has none, tests are skipped
 * aloud. It has a database {@code plant}, which {@code reader} reads; {@code owner} may do all; both come by the
 * password {@code geheim}.
 */
public final class Mariadb {
    private Mariadb() {}

    private static final class Holder {
        static final int PORT = start();
    }

    /** Its port on 127.0.0.1. */
    public static int port() {
        return Holder.PORT;
    }

    private static int start() {
        assumeTrue(
                isThere("mariadbd") && isThere("mariadb-install-db"),
                "MariaDB is not installed: apt install mariadb-server");
        try {
            Path folder = Files.createTempDirectory("mariadb");
            int port = Ports.free();
            List<String> asRoot = System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
            Path init = Files.writeString(folder.resolve("init.sql"), """
                    create database if not exists plant character set utf8mb4;
                    create user owner@localhost identified by 'geheim';
                    grant all on *.* to owner@localhost;
                    create user reader@localhost identified by 'geheim';
                    grant select, insert on plant.* to reader@localhost;
                    """);
            List<String> install = new ArrayList<>(List.of("mariadb-install-db", "--no-defaults"));
            install.addAll(asRoot);
            install.addAll(List.of(
                    "--skip-test-db",
                    "--datadir=" + folder.resolve("data"),
                    "--auth-root-authentication-method=normal"));
            if (run(folder, install).waitFor() != 0) {
                throw new IllegalStateException("MariaDB could not be set up: " + folder.resolve("log"));
            }
            List<String> serve = new ArrayList<>(List.of("mariadbd", "--no-defaults"));
            serve.addAll(asRoot);
            serve.addAll(List.of(
                    "--datadir=" + folder.resolve("data"),
                    "--socket=" + folder.resolve("socket"),
                    "--pid-file=" + folder.resolve("pid"),
                    "--tmpdir=" + folder,
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--skip-log-bin",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--init-file=" + init));
            Process server = run(folder, serve);
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly, "mariadb-end"));
            // The file of the first statements is done before anybody is let in.
            Awaitility.await("MariaDB")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(folder.resolve("log")).contains("ready for connections"));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process run(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)))
                || Files.isExecutable(Path.of("/usr/sbin", program));
    }
}
