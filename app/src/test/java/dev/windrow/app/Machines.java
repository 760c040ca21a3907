package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes with homes of their own, one a machine, that have a catalog and a new database in common. */
final class Machines implements AutoCloseable {
    private static int databases;

    final String database = "machines" + ++databases;

    private final Path folder;
    private final Path catalog;
    private final int port;
    private final List<ServingProcess> running = new ArrayList<>();

    private Machines(Path folder, Path catalog, int port) {
        this.folder = folder;
        this.catalog = catalog;
        this.port = port;
    }

    /**
     * None of them yet, but the database with its schema.
     *
     * @param folder that gets a folder for each
     * @param port by which they reach {@link StatusServer}
     */
    static Machines none(Path folder, Path catalog, int port) throws SQLException {
        Machines machines = new Machines(folder, catalog, port);
        StatusServer.STARTED.make(machines.database);
        List<String> migrate = new ArrayList<>(List.of("migrate", "--windrow.home=" + folder.resolve("migrate")));
        migrate.addAll(List.of(StatusServer.settings(port, machines.database)));
        ProcessRun migrated = ProcessRun.windrow(folder, migrate.toArray(String[]::new));
        assertThat(migrated.exit()).as(migrated.all()).isZero();
        return machines;
    }

    /** @param before what starts Java; empty for nothing */
    ServingProcess start(String name, String role, List<String> before, String... more) throws IOException {
        return start(port, name, role, before, more);
    }

    /** @param port by which this one reaches the database */
    ServingProcess start(int port, String name, String role, List<String> before, String... more) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        String[] settings = Stream.of(
                        Stream.of("--windrow.home=" + own.resolve("home"), "--windrow.catalog=" + catalog),
                        Stream.of(StatusServer.settings(port, database)),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
        ServingProcess process = ServingProcess.start(own, before, role, Ports.free(), settings);
        running.add(process);
        return process;
    }

    void stop(ServingProcess process) {
        running.remove(process);
        process.close();
    }

    /** Its exit code is then nobody's concern. */
    void kill(ServingProcess process) {
        running.remove(process);
        process.kill();
    }

    @Override
    public void close() {
        running.forEach(ServingProcess::close);
    }

    /** Of the newest export. */
    String row(String columns) throws SQLException {
        return StatusServer.STARTED.ask(database, "select " + columns + " from exports order by id desc limit 1");
    }
}
