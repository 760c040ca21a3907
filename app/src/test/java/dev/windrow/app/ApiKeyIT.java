package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeyIT {
    @TempDir
    Path folder;

    @Test
    void comesFromTheEnvironment() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            List<String> command = ProcessRun.jar(
                    "export",
                    "sensors",
                    "--server",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            ProcessRun run = ProcessRun.of(folder, command, Map.of("WINDROW_API_KEY", "hunter2"));

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.all()).doesNotContain("hunter2");
            assertThat(keys).isNotEmpty().containsOnly("Bearer hunter2");
        } finally {
            server.stop(0);
        }
    }
}
