package dev.windrow.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.StallingProxy;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A machine: one process with a home and networks of its own, and somebody who starts it again when it has ended, as
 * a service manager does. Thread-safe.
 */
final class Node implements AutoCloseable {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    final String name;
    final StallingProxy database;
    /** Before {@link #answers}: of connections. */
    final StallingProxy bucket;
    /** Of requests. */
    final FaultyNetwork answers;

    private final Path folder;
    private final String role;
    private final int port = Ports.free();
    private final List<String> settings = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Process process;
    private boolean wanted;
    private long startedAt;
    private long notBefore;
    private int starts;
    private int endings;

    /** @param role {@code api} or {@code worker} */
    Node(Path folder, String role, int databasePort, int bucketPort) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.name = folder.getFileName().toString();
        this.role = role;
        this.database = StallingProxy.to(databasePort);
        this.answers = FaultyNetwork.before(bucketPort);
        this.bucket = StallingProxy.to(answers.port());
        settings.add("--windrow.home=" + home());
        settings.addAll(PostgresServer.settings(database.port()));
    }

    Node with(List<String> more, Map<String, String> variables) {
        settings.addAll(more);
        environment.putAll(variables);
        return this;
    }

    Path home() {
        return folder.resolve("home");
    }

    boolean isWorker() {
        return role.equals("worker");
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    synchronized void start() {
        wanted = true;
        begin();
    }

    private void begin() {
        // No process of Windrow lives long enough here to earn what C2 costs, as in all tests.
        List<String> command = WindrowJar.built().command("256m", "serve", "--role", role, "--server.port=" + port);
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startedAt = System.nanoTime();
        starts++;
    }

    /** To be called now and then: starts what has ended and is not meant to. */
    synchronized void tend() {
        if (!wanted || process == null || process.isAlive()) {
            return;
        }
        if (notBefore < startedAt) {
            notBefore = System.nanoTime() + AGAIN_NANOS;
            endings++;
            say("ended with " + process.exitValue());
        }
        if (System.nanoTime() - notBefore >= 0) {
            begin();
        }
    }

    /** SIGKILL, and nobody starts it until {@link #start}. */
    synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        say("killed");
    }

    /** All that is on its disk, while it is down. */
    void lose() {
        if (Files.exists(home())) {
            Folders.delete(home());
        }
    }

    /** @param signal such as STOP */
    synchronized void signal(String signal) throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            say(signal);
        }
    }

    /** How often it has ended though nobody killed it, as it does when it is started while the database is away. */
    synchronized int endings() {
        return endings;
    }

    synchronized int starts() {
        return starts;
    }

    synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    boolean isReady() {
        try {
            return new Http(url(), Duration.ofSeconds(5))
                            .get("/actuator/health/readiness")
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether a lease of that worker's is of a process that ran in this home. */
    boolean isOwner(String worker) {
        return Files.exists(home().resolve("workers").resolve(worker + ".alive"));
    }

    Path log() {
        return folder.resolve("log");
    }

    /** Into its log, so that one sees what was done to it among what it said. */
    void say(String words) {
        try {
            Files.writeString(
                    log(), "######## " + words + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        database.close();
        bucket.close();
        answers.close();
    }
}
