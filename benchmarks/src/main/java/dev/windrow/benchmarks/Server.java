package dev.windrow.benchmarks;

import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real product, in a process of its own, on a home of its own unless it is {@link #beside another}. */
final class Server implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path folder;
    private final boolean owner;
    private final Client client;
    private final int port;
    private final double startSeconds;

    private Server(Process process, Path folder, boolean owner, int port, Client client, double startSeconds) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        this.owner = owner;
        this.client = client;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts it by its launcher and waits until it is ready.
     *
     * @param settings more of them, as {@code --name=value}
     */
    static Server start(Path launcher, String heap, Path catalog, String... settings) throws IOException {
        return start(List.of(launcher.toString()), heap, catalog, settings);
    }

    /** As {@link #start(Path, String, Path, String...)}, by {@code java -jar} and the launcher's flags alone. */
    static Server startJar(Path jar, String heap, Path catalog) throws IOException {
        List<String> program = new WindrowJar(jar).java();
        program.addAll(List.of("-Xmx" + heap, "-jar", jar.toString()));
        return start(program, heap, catalog);
    }

    private static Server start(List<String> program, String heap, Path catalog, String... settings)
            throws IOException {
        return launch(program, heap, catalog, Files.createTempDirectory("windrow-benchmark"), true, settings);
    }

    /** One more process on the home of this one, to be closed before it. */
    Server beside(Path launcher, String heap, Path catalog, String... settings) throws IOException {
        return launch(List.of(launcher.toString()), heap, catalog, folder, false, settings);
    }

    private static Server launch(
            List<String> program, String heap, Path catalog, Path folder, boolean owner, String... settings)
            throws IOException {
        int port = Ports.free();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "serve",
                "--server.port=" + port,
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + catalog));
        command.addAll(List.of(settings));
        Path log = folder.resolve("log-" + port);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("WINDROW_HEAP", heap);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // By the environment, where a version that has no such limits overlooks them.
        builder.environment().put("WINDROW_LIMITS_STARTSPERMINUTE", "100000");
        builder.environment().put("WINDROW_LIMITS_ACTIVEPERCALLER", "10000");
        long began = System.nanoTime();
        Process process = builder.start();
        Client client = new Client("http://127.0.0.1:" + port);
        try {
            client.awaitReady(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException(e.getMessage() + "; its log:\n" + Files.readString(log), e);
        }
        return new Server(process, folder, owner, port, client, Clock.secondsSince(began));
    }

    /** Where its archives are. */
    Path artifacts() {
        return folder.resolve("home/artifacts");
    }

    Client client() {
        return client;
    }

    /** On the loopback address. */
    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    double startSeconds() {
        return startSeconds;
    }

    /** POST to completed. */
    Measured export(String body) throws IOException {
        double cpu = cpuSeconds();
        long began = System.nanoTime();
        Client.Done done = client.await(client.start(body));
        return new Measured(Clock.secondsSince(began), cpuSeconds() - cpu, done.bytes());
    }

    /** User and system time of the process so far. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory that was resident since the start, in MB. */
    double peakResident() throws IOException {
        return status("VmHWM");
    }

    /** The memory that is resident, in MB. */
    double resident() throws IOException {
        return status("VmRSS");
    }

    private double status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            String line =
                    lines.filter(l -> l.startsWith(name + ":")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
        }
    }

    /** Ends the process; its home stays until {@link #close}. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        if (owner) {
            Folders.delete(folder);
        }
    }
}
