package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The host application of the example, in a process of its own, as its README starts it. */
final class EmbeddingHost implements AutoCloseable {
    static final Path FOLDER =
            Path.of("..", "examples", "embedding").toAbsolutePath().normalize();

    private final Process process;
    private final int port;

    private EmbeddingHost(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Returns once it listens.
     *
     * @param log what it says is added there
     * @param tokenLasts as it asks for its tokens
     */
    static EmbeddingHost start(int port, String windrow, Path mintKey, String tokenLasts, Path log) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(java.toString(), "Host.java"))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "HOST_PORT",
                        String.valueOf(port),
                        "HOST_WINDROW",
                        windrow,
                        "HOST_MINT_KEY_FILE",
                        mintKey.toString(),
                        "HOST_TOKEN_LASTS",
                        tokenLasts));
        Process process = builder.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || listens(port));
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return new EmbeddingHost(process, port);
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    static String origin(int port) {
        return "http://127.0.0.1:" + port;
    }

    String origin() {
        return origin(port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
