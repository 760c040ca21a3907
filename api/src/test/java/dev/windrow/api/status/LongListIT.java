package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What very many exports, long parameters and very many files cost those who look. */
class LongListIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @Test
    void leavesLongParametersOutOfAListAndSaysSo() {
        ExportId id = insert(1, 60_000);
        insert(2, 10);
        JsonNode items = http.get("/api/v1/exports").json().path("items");
        assertThat(items.get(0).has("parametersOmitted")).isFalse();
        assertThat(items.get(0).path("parameters").path("text").asString()).hasSize(10);
        assertThat(items.get(1).path("parameters").isNull()).isTrue();
        assertThat(items.get(1).path("parametersOmitted").asBoolean()).isTrue();
        JsonNode one = http.get("/api/v1/exports/" + id).json();
        assertThat(one.path("parameters").path("text").asString()).hasSize(60_000);
        assertThat(one.has("parametersOmitted")).isFalse();
    }

    @Test
    void asksForAllPlacesOfAListByOneStatement() {
        for (int i = 1; i <= 200; i++) {
            insert(i, 1);
        }
        server.calls.clear();
        Answer list = http.get("/api/v1/exports?limit=200");
        List<Integer> positions = new ArrayList<>();
        list.json()
                .path("items")
                .forEach(item -> positions.add(
                        item.path("progress").path("queuePosition").asInt()));
        Collections.reverse(positions);
        assertThat(positions).isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
        assertThat(server.calls).containsExactly("list", "queuePositions");
    }

    @Test
    void asksForThePlacesOfAllThatAreWatchedByOneStatementATurn() {
        List<ExportId> watched = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            watched.add(insert(i, 1));
            assertThat(http.stream("/api/v1/exports/" + watched.get(i - 1) + "/events")
                            .statusCode())
                    .isEqualTo(200);
        }
        await().until(() -> Collections.frequency(List.copyOf(server.calls), "queuePositions") >= 3);
        server.calls.clear();
        await().until(() -> Collections.frequency(List.copyOf(server.calls), "queuePositions") >= 3);
        assertThat(server.calls).contains("look").doesNotContain("queuePosition", "find");
        watched.forEach(id -> server.exports.cancel(id, ApiServer.OWNER, server.clock.instant()));
        await().until(() -> server.bean(EventController.class).open() == 0);
    }

    @Test
    void showsTheFirstHundredFilesAndHowManyThereAre() {
        ExportId id = insert(1, 1);
        Claim claim = server.claim().lastClaim();
        List<Artifact.Entry> entries = IntStream.range(0, 100_000)
                .mapToObj(i -> new Artifact.Entry("files/" + i + ".jpg", 0, 7))
                .toList();
        Artifact artifact = Artifact.zip(claim, 9, "0".repeat(64), entries);
        Progress progress = new Progress(Phase.DONE, 0, 0L, 100.0, 9, new Pace(0, server.clock.instant()), null);
        server.runs.complete(
                claim,
                artifact,
                progress,
                server.clock.instant(),
                server.clock.instant().plusSeconds(60));
        Answer answer = http.get("/api/v1/exports/" + id);
        JsonNode file = answer.json().path("file");
        assertThat(file.path("entries")).hasSize(100);
        assertThat(file.path("entriesTotal").asInt()).isEqualTo(100_000);
        assertThat(answer.bytes()).hasSizeLessThan(16_000);
        assertThat(http.get("/api/v1/exports").bytes()).hasSizeLessThan(16_000);
    }

    /** With a parameter of so many characters. */
    private ExportId insert(int number, int characters) {
        ExportId id = new ExportId(new UUID(0x0193_0000_0001_7000L, 0x8000_0000_0000_0000L | number));
        server.exports.insert(Export.queued(
                id,
                ApiServer.OWNER,
                new ExportRequest(
                        "notes",
                        Format.CSV,
                        Map.of("text", "x".repeat(characters)),
                        List.of("id"),
                        FormatOptions.DEFAULT,
                        "notes.zip"),
                server.clock.instant()));
        return id;
    }
}
