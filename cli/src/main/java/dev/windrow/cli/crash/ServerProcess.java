package dev.windrow.cli.crash;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real server as a process of its own, so that it can be killed. It does not outlive this process. Belongs to one
 * thread.
 */
final class ServerProcess implements AutoCloseable {
    /** Smaller than a server of its users, and sooner ready: it is started over and over. */
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-Xmx128m");

    private final Process process;
    private final Thread guard;

    private ServerProcess(Process process) {
        this.process = process;
        this.guard = new Thread(process::destroyForcibly, "windrow-verify-guard");
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /**
     * Starts it and returns at once; its words are appended to {@code server.log} beside the home.
     *
     * @param settings as on the command line of serve
     */
    static ServerProcess start(Path home, List<String> settings) throws IOException, FailedTrialException {
        // What a killed process leaves in the folder for temporary files goes when the trial's folder goes.
        Path temporary = Files.createDirectories(home.resolveSibling("tmp"));
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-jar", jar(), "serve", "--windrow.home=" + home));
        command.addAll(settings);
        return new ServerProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolveSibling("server.log").toFile()))
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget();
    }

    /** SIGTERM; returns when the process is gone, by force after half a minute. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        forget();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        forget();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // This process ends already, and the guard does its work.
            return;
        }
    }

    /**
     * Java's options for the server: those of this process, which the launcher started as it starts a server, and of
     * two that contradict each other the last one counts. An agent or a port of a debugger is for this process alone.
     */
    static List<String> options(List<String> ours) {
        List<String> options = new ArrayList<>(ours);
        options.removeIf(option -> !option.startsWith("-X") || option.startsWith("-Xrun"));
        options.addAll(SMALL);
        return options;
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    /** The jar that this command runs from. The property {@code windrow.jar} names another one. */
    private static String jar() throws FailedTrialException {
        String jar = System.getProperty("windrow.jar", System.getProperty("java.class.path", ""));
        if (!jar.endsWith(".jar") || !Files.isRegularFile(Path.of(jar))) {
            throw new FailedTrialException("It starts Windrow's jar over and over, and runs from none: use ./windrow");
        }
        return jar;
    }
}
