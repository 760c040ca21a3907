package dev.windrow.app;

import static dev.windrow.app.ServedTools.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents need costs nothing where there are none. */
final class McpWeightIT {
    @TempDir
    Path folder;

    private Path loaded;

    @Test
    void nothingOfTheSdkIsLoadedBeforeTheFirstMessage() throws IOException {
        loaded = folder.resolve("loaded");
        try (ServingProcess serving = ServingProcess.start(
                folder,
                List.of(
                        "serve",
                        "--windrow.home=" + folder.resolve("home"),
                        "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml")),
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load=info:file=" + loaded))) {
            patiently()
                    .until(() ->
                            serving.client.get("/actuator/health/readiness").status() == 200);
            assertThat(serving.client.get("/api/v1/datasets").status()).isEqualTo(200);
            assertThat(ofTheSdk()).isEmpty();

            assertThat(serving.client
                            .send(
                                    "POST",
                                    "/mcp",
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                                    "Content-Type",
                                    "application/json")
                            .json()
                            .at("/result/tools"))
                    .hasSize(6);
            patiently().until(() -> !ofTheSdk().isEmpty());
        }
    }

    private List<String> ofTheSdk() throws IOException {
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains(" io.modelcontextprotocol."))
                    .toList();
        }
    }
}
