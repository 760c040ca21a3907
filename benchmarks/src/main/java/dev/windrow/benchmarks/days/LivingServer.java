package dev.windrow.benchmarks.days;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real product on one home and one port, as often as it is killed. Belongs to one thread but for its address. */
final class LivingServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final WindrowJar jar;
    private final Path folder;
    private final List<String> settings;
    private final int port = Ports.free();
    private volatile Process process;

    private LivingServer(WindrowJar jar, Path folder, List<String> settings, Process process) {
        this.jar = jar;
        this.folder = folder;
        this.settings = List.copyOf(settings);
        this.process = process;
    }

    /** Returns once it is ready. */
    static LivingServer start(Path jar, Path folder, List<String> settings) throws IOException {
        Process none = new ProcessBuilder("true").start();
        LivingServer server = new LivingServer(new WindrowJar(jar), folder, settings, none);
        server.start();
        return server;
    }

    void start() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--server.port=" + port));
        arguments.addAll(settings);
        List<String> command =
                jar.command("128m", List.of("-Ddev.windrow.rhythm=0.2"), arguments.toArray(String[]::new));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the server does not start: see " + log());
            }
            pause(100);
        }
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Path home() {
        return folder.resolve("home");
    }

    Http http() {
        return new Http(port);
    }

    private boolean isReady() {
        try {
            return http().get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes of all objects that something holds, after a collection. */
    long liveHeap() throws IOException {
        Process counting = new ProcessBuilder(WindrowJar.jdk("jcmd"), Long.toString(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = counting.inputReader().lines()) {
            String total = lines.filter(line -> line.startsWith("Total "))
                    .findFirst()
                    .orElseThrow(() -> new IOException("jcmd says nothing of the heap"));
            return Long.parseLong(total.strip().split(" +")[2]);
        }
    }

    long resident() throws IOException {
        return status("VmRSS") * 1024;
    }

    long threads() throws IOException {
        return status("Threads");
    }

    private long status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            String line =
                    lines.filter(l -> l.startsWith(name + ":")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
    }

    /** Files and connections that it has open. */
    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(proc("fd"))) {
            return open.count();
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(pid()), name);
    }

    static void pause(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
