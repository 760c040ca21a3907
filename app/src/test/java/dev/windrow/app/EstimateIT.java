package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows and size that are said before an export are within a quarter of what comes. */
@Tag("slow")
final class EstimateIT {
    private static final double SHARE = 0.25;

    @TempDir
    Path folder;

    static List<String> examples() {
        return Example.names();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areWithinAQuarterOfWhatComes(String name) {
        Example example = Example.named(name).orElseThrow();
        Samples.example(example, folder.resolve("example"));
        Path catalog = folder.resolve("example/catalog.yaml");
        List<String> wrong = new ArrayList<>();
        try (RunningWindow window = RunningWindow.start(folder.resolve("home"), catalog)) {
            JsonNode datasets = window.client.get("/api/v1/datasets").json().path("items");
            for (JsonNode dataset : datasets) {
                boolean isMain = dataset.path("name").asString().equals(example.dataset());
                if (isMain || dataset.at("/parameters/required").isEmpty()) {
                    dataset.path("formats")
                            .forEach(format -> wrong.addAll(compare(
                                    window.client,
                                    dataset,
                                    isMain ? example.parameters() : Map.of(),
                                    format.asString())));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> compare(
            WindowClient client, JsonNode dataset, Map<String, String> parameters, String format) {
        Map<String, Object> given = new LinkedHashMap<>();
        parameters.forEach((key, value) -> given.put(
                key,
                dataset.at("/parameters/properties/" + key + "/type").asString().equals("integer")
                        ? (Object) Long.valueOf(value)
                        : value));
        String dataName = dataset.path("name").asString();
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of("dataset", dataName, "format", format, "parameters", given));
        JsonNode said = client.send("POST", "/api/v1/exports?dryRun=true", body, "Content-Type", "application/json")
                .json();
        JsonNode export = client.complete(body);
        long bytes = export.at("/file/bytes").asLong();
        long rows = export.at("/progress/rowsWritten").asLong();
        double off = (double) said.path("estimatedBytes").asLong() / bytes - 1;
        String line = String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %+.1f %% |",
                dataName,
                format,
                said.path("rowsTotal").asLong(),
                rows,
                said.path("estimatedBytes").asLong(),
                bytes,
                100 * off);
        boolean isRight =
                Math.abs(off) <= SHARE && Math.abs(said.path("rowsTotal").asLong() - rows) <= SHARE * rows;
        return isRight ? List.of() : List.of(line);
    }
}
