package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as machines read it. */
final class JsonLogIT {
    @TempDir
    Path folder;

    @Test
    void isOneObjectAnEventWithTheExportsId() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        String id;
        ServingProcess windrow = ServingProcess.start(
                folder,
                "all",
                "--windrow.catalog=" + Samples.small(folder, 10),
                "--windrow.home=" + folder.resolve("home"),
                "--logging.structured.format.console=ecs");
        try (windrow) {
            id = windrow.client.complete("{\"dataset\":\"big\"}").path("id").asString();
        }
        // Not before its end: that an export is completed is told to callers first, and half a line is no object.
        windrow.log().lines().forEach(line -> events.add(new JsonMapper().readTree(line)));

        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(event.has("@timestamp")).isTrue();
            assertThat(event.at("/log/level").asString()).isIn("INFO", "WARN");
            assertThat(event.at("/log/logger").asString()).isNotEmpty();
            assertThat(event.path("message").asString()).isNotEmpty();
        });
        assertThat(events)
                .filteredOn(event -> event.path("export").asString("").equals(id))
                .extracting(event -> event.path("message").asString())
                .anyMatch(message -> message.startsWith("started: dataset big"))
                .anyMatch(message -> message.startsWith("completed: 10 rows"));
    }
}
