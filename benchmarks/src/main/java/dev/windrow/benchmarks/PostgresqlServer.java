package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A PostgreSQL server of its own on loopback, in a folder that stays for the next run. */
final class PostgresqlServer implements AutoCloseable {
    private static final int PORT = 54_717;
    private static final double TICKS_PER_SECOND = 100;
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path binaries;
    private final Path data;
    private final long pid;

    private PostgresqlServer(Path binaries, Path data, long pid) {
        this.binaries = binaries;
        this.data = data;
        this.pid = pid;
    }

    /**
     * Starts it, by the user {@code postgres} where this one is root, whom it refuses.
     *
     * @param data made if it is not there
     */
    static PostgresqlServer start(Path data) throws IOException {
        Path binaries = binaries();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            Files.createDirectories(data);
            if (isRoot()) {
                run(List.of("chown", "postgres", data.toString()));
            }
            run(asItsUser(
                    binaries.resolve("initdb"), "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8"));
        }
        String listen = String.format(Locale.ROOT, "-p %d -h 127.0.0.1 -k ''", PORT);
        String log = data.resolve("log").toString();
        run(asItsUser(binaries.resolve("pg_ctl"), "-D", data.toString(), "-w", "-l", log, "-o", listen, "start"));
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return new PostgresqlServer(binaries, data, Long.parseLong(pid));
    }

    private static Path binaries() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            throw new IOException("Missing: PostgreSQL's server. On Debian: apt install postgresql");
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> Files.exists(version.resolve("bin/initdb")))
                    .max(Comparator.comparingDouble(version ->
                            Double.parseDouble(DEBIAN.relativize(version).toString())))
                    .orElseThrow(() -> new IOException("Missing: initdb below " + DEBIAN))
                    .resolve("bin");
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static List<String> asItsUser(Path program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("windrow-postgresql", ".log");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + PORT + "/postgres?user=postgres";
    }

    /** What {@code psql} connects by. */
    String connection() {
        return "host=127.0.0.1 port=" + PORT + " user=postgres dbname=postgres";
    }

    /** User and system time of the server with its processes, those that have ended among them. */
    double cpuSeconds() throws IOException {
        double ticks = ticks(pid, 4);
        for (ProcessHandle child :
                ProcessHandle.of(pid).orElseThrow().children().toList()) {
            ticks += ticks(child.pid(), 2);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** @param fields 2 for the process, 4 for its children that have ended too */
    private static long ticks(long process, int fields) throws IOException {
        Path file = Path.of("/proc", Long.toString(process), "stat");
        if (!Files.exists(file)) {
            return 0;
        }
        String stat = Files.readString(file);
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = 0; i < fields; i++) {
            ticks += Long.parseLong(values[11 + i]);
        }
        return ticks;
    }

    @Override
    public void close() throws IOException {
        run(asItsUser(binaries.resolve("pg_ctl"), "-D", data.toString(), "-w", "-m", "fast", "stop"));
    }
}
