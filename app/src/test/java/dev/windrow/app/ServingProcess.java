package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindowClient;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code windrow serve} of its own, which is told to end as a service manager would. */
final class ServingProcess implements AutoCloseable {
    final WindowClient client;
    final int port;

    private final Process process;
    private final Path log;

    private ServingProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.client = new WindowClient("http://127.0.0.1:" + port);
    }

    /** Returns once it is ready. */
    static ServingProcess start(Path folder, String role, String... settings) throws IOException {
        return start(folder, role, Ports.free(), settings);
    }

    static ServingProcess start(Path folder, String role, int port, String... settings) throws IOException {
        return start(folder, List.of(), role, port, settings);
    }

    /** With this umask, from which the permissions of new files come. */
    static ServingProcess startUnderUmask(Path folder, String umask, String... settings) throws IOException {
        List<String> shell = List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh");
        return start(folder, shell, "all", Ports.free(), settings);
    }

    /** @param before what starts Java, such as a shell; empty for nothing */
    static ServingProcess start(Path folder, List<String> before, String role, int port, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(ProcessRun.jar("serve", "--role", role, "--server.port=" + port));
        command.addAll(List.of(settings));
        return start(folder, role, port, command);
    }

    /**
     * All of Windrow with as much heap and no more; where that is not enough the process ends, as the launcher's does.
     */
    static ServingProcess startWithHeap(Path folder, String heap, String... settings) throws IOException {
        int port = Ports.free();
        List<String> command = WindrowJar.built().command(heap, "serve", "--role", "all", "--server.port=" + port);
        command.addAll(List.of(settings));
        return start(folder, "all", port, command);
    }

    /**
     * A command as a container would run it, on another port.
     *
     * @param variables of its environment, with the port of its own
     */
    static ServingProcess start(Path folder, List<String> command, Map<String, String> variables) throws IOException {
        int port = Ports.free();
        Map<String, String> own = new HashMap<>(variables);
        own.put("SERVER_PORT", String.valueOf(port));
        return start(folder, "container", port, ProcessRun.jar(command.toArray(String[]::new)), own);
    }

    private static ServingProcess start(Path folder, String role, int port, List<String> command) throws IOException {
        return start(folder, role, port, command, Map.of());
    }

    private static ServingProcess start(
            Path folder, String role, int port, List<String> command, Map<String, String> variables)
            throws IOException {
        Path log = folder.resolve(role + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        ServingProcess serving = new ServingProcess(process, log, port);
        await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || serving.isReady());
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return serving;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    private boolean isReady() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected()
                    && client.get("/actuator/health/readiness").status() == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM: it ends by itself, with exit code 0. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(45, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end on SIGTERM");
            }
            assertThat(process.exitValue()).as(log()).isIn(0, 143);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
