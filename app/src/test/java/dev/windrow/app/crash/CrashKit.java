package dev.windrow.app.crash;

import dev.windrow.app.history.History;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindrowJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One home and the real processes that work on it. Whatever a test does, they are gone after it; if it failed, their
 * last words are printed.
 */
final class CrashKit implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String WORKER = "--windrow.role=worker";
    private static final String CHECKPOINTS = "--windrow.worker.checkpoint-interval=";

    /** A lease is two seconds then: a machine that is busy with other tests must not make a worker lose its claim. */
    private static final String SHORTENED = "-Ddev.windrow.rhythm=0.2";

    private final Sample sample;
    private final List<String> options;
    private final List<WindrowProcess> processes = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private History history = new History(Path.of(""));
    private int port;

    /** Leases and sweeps are the product's own. */
    CrashKit(Sample sample) {
        this(sample, List.of());
    }

    private CrashKit(Sample sample, List<String> options) {
        this.sample = sample;
        this.options = options;
    }

    /** Leases and sweeps take a fifth of their time: for a test that is not about how long they take. */
    static CrashKit shortened(Sample sample) {
        return new CrashKit(sample, List.of(SHORTENED));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            complain();
        }
        close();
    }

    /** A fresh home; for use outside an extension. */
    CrashKit open() throws IOException {
        folder = Files.createTempDirectory("windrow-crash");
        Files.createDirectories(folder.resolve("tmp"));
        history = new History(home());
        port = Ports.free();
        return this;
    }

    void complain() {
        processes.forEach(process -> System.err.println(process.lastWords()));
    }

    @Override
    public void close() throws IOException {
        processes.forEach(WindrowProcess::kill);
        processes.clear();
        try {
            history.check();
        } finally {
            Folders.delete(folder);
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    /** The API of the process that serves it. */
    Client client() {
        return new Client(port, history);
    }

    /** The same, for who has that key. */
    Client client(String key) {
        return new Client(port, history, "Authorization", "Bearer " + key);
    }

    /** What happened to the exports of this home so far; checked when the kit is closed. */
    History history() {
        return history;
    }

    StatusRow row(String id) {
        return StatusRow.of(home(), id);
    }

    /** API and worker in one process; ready when this returns. */
    WindrowProcess serve(String... settings) throws IOException {
        return awaitApi(start("all", command(List.of(), port, settings)));
    }

    WindrowProcess api(String... settings) throws IOException {
        return awaitApi(start("api", command(List.of(), port, with("--windrow.role=api", settings))));
    }

    /** A worker alone; ready when this returns. */
    WindrowProcess worker(String name, String... settings) throws IOException {
        int own = Ports.free();
        WindrowProcess worker = start(name, command(List.of(), own, with(WORKER, settings)));
        Client probe = new Client(own, history);
        await(worker, probe::isReady);
        history.keep();
        return worker;
    }

    void migrate() throws IOException, InterruptedException {
        List<String> command = java("migrate", "--windrow.home=" + home());
        if (start("migrate", command).awaitExit(90) != 0) {
            throw new AssertionError("migrate failed");
        }
    }

    /** A worker alone, and under strace from its first moment; it may be dead before it is ready. */
    Tracing traced(Injection injection, String... settings) throws IOException {
        Path trace = trace();
        List<String> tracer = injection.tracer(trace);
        return new Tracing(start(injection.toString(), command(tracer, Ports.free(), with(WORKER, settings))), trace);
    }

    /** {@code migrate}, under strace. */
    Tracing tracedMigrate(Injection injection) throws IOException {
        Path trace = trace();
        List<String> command = injection.tracer(trace);
        command.addAll(java("migrate", "--windrow.home=" + home()));
        return new Tracing(start(injection.toString(), command), trace);
    }

    /** strace on a process that runs, or is stopped; it is at work when this returns. */
    Tracing trace(WindrowProcess process, Injection injection) throws IOException {
        Path trace = trace();
        List<String> tracer = injection.tracer(trace);
        tracer.addAll(List.of("-p", Long.toString(process.process().pid())));
        WindrowProcess tracing = start("strace", tracer);
        await(tracing, () -> tracing.words().contains("attached"));
        return new Tracing(tracing, trace);
    }

    private Path trace() {
        return folder.resolve(processes.size() + ".trace");
    }

    /** Any command of the jar, to its end. */
    WindrowProcess run(String... arguments) throws IOException {
        return start(arguments[0], java(arguments));
    }

    /** Names of the files in a folder of the home; none if it is not there. */
    List<String> files(String name) {
        String[] names = home().resolve(name).toFile().list();
        // What the store is called is in its folder for as long as there is one.
        return names == null
                ? List.of()
                : Stream.of(names)
                        .filter(file -> !file.equals(".store"))
                        .sorted()
                        .toList();
    }

    private WindrowProcess awaitApi(WindrowProcess process) {
        await(process, client()::isReady);
        history.keep();
        return process;
    }

    private static void await(WindrowProcess process, Callable<Boolean> ready) {
        Awaitility.await(process.name() + " is ready").atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(process.lastWords());
            }
            return ready.call();
        });
    }

    private static String[] with(String setting, String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = setting;
        return all;
    }

    private WindrowProcess start(String name, List<String> command) throws IOException {
        File log = folder.resolve(processes.size() + ".log").toFile();
        WindrowProcess process = new WindrowProcess(
                name,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start(),
                log.toPath(),
                history);
        processes.add(process);
        return process;
    }

    private List<String> command(List<String> tracer, int at, String... settings) throws IOException {
        List<String> command = new ArrayList<>(tracer);
        command.addAll(java(
                "serve", "--windrow.home=" + home(), "--windrow.catalog=" + sample.catalog(), "--server.port=" + at));
        command.addAll(List.of(settings));
        if (command.stream().noneMatch(setting -> setting.startsWith(CHECKPOINTS))) {
            command.add(CHECKPOINTS + "PT0.2S");
        }
        return command;
    }

    private List<String> java(String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        return WindrowJar.built().command("96m", all, arguments);
    }
}
