package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ListIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @Test
    void leadsThroughAllPagesNewestFirst() {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            started.add(http.start("{\"dataset\":\"notes\"}").json().path("id").asString());
        }
        Collections.reverse(started);
        List<String> seen = new ArrayList<>();
        String next = "/api/v1/exports?dataset=notes&state=queued&limit=3";
        while (next != null) {
            Answer page = http.get(next);
            assertThat(page.json().path("items").size()).isBetween(1, 3);
            page.json().path("items").forEach(item -> seen.add(item.path("id").asString()));
            String link = page.header("Link");
            assertThat(page.json().path("nextCursor").isNull()).isEqualTo(link == null);
            next = link == null ? null : link.replaceFirst("^<([^>]+)>; rel=\"next\"$", "$1");
        }
        assertThat(seen).isEqualTo(started);
    }

    @Test
    void endsExactlyWhereTheExportsDo() {
        http.start("{\"dataset\":\"notes\"}");
        http.start("{\"dataset\":\"notes\"}");
        Answer page = http.get("/api/v1/exports?limit=2");
        assertThat(page.json().path("items").size()).isEqualTo(2);
        assertThat(page.json().path("nextCursor").isNull()).isTrue();
        assertThat(page.header("Link")).isNull();
    }

    @Test
    void showsOnlyWhatIsAskedFor() {
        http.start("{\"dataset\":\"notes\"}");
        http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}");
        server.claim();
        assertThat(datasets("state=running")).containsExactly("notes");
        assertThat(datasets("state=queued")).containsExactly("sensor-readings");
        assertThat(datasets("dataset=notes")).containsExactly("notes");
        assertThat(datasets("dataset=nothing")).isEmpty();
        assertThat(datasets("dataset=notes&state=failed")).isEmpty();
    }

    @Test
    void takesAFileWhoseTimeIsOverForExpiredAsItsStatusDoes() {
        String over = http.start("{\"dataset\":\"notes\"}").header("Location");
        server.complete(server.claim(), new byte[] {1});
        server.clock.pass(Duration.ofDays(6));
        String kept = http.start("{\"dataset\":\"notes\"}").header("Location");
        server.complete(server.claim(), new byte[] {1});
        assertThat(paths("state=completed")).containsExactly(kept, over);
        assertThat(paths("state=expired")).isEmpty();

        server.clock.pass(Duration.ofDays(1));

        assertThat(http.get(over).json().path("state").asString()).isEqualTo("expired");
        assertThat(paths("state=completed")).containsExactly(kept);
        assertThat(paths("state=expired")).containsExactly(over);
    }

    @Test
    void leavesOutWhatMovesOnWhileTheListIsMade() {
        http.start("{\"dataset\":\"notes\"}");
        server.complete(server.claim(), new byte[] {1});
        server.afterList = () -> server.clock.pass(Duration.ofDays(8));
        assertThat(paths("state=completed")).isEmpty();

        String queued = http.start("{\"dataset\":\"notes\"}").header("Location");
        server.afterList = server::claim;
        assertThat(paths("state=queued")).isEmpty();
        server.afterList = () -> {};
        assertThat(paths("state=running")).containsExactly(queued);
    }

    @Test
    void showsItemsAsTheirStatusDoes() {
        String path = http.start("{\"dataset\":\"notes\"}").header("Location");
        assertThat(http.get("/api/v1/exports").json().at("/items/0"))
                .isEqualTo(http.get(path).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "limit=0|/limit",
                "limit=201|/limit",
                "limit=-1|/limit",
                "limit=x|/limit",
                "limit=|/limit",
                "limit=1.5|/limit",
                "limit=99999999999999999999|/limit",
                "limit=1&limit=2|/limit",
                "limit=%D9%A3|/limit",
                "state=done|/state",
                "state=|/state",
                "state=RUNNING|/state",
                "cursor=x|/cursor",
                "cursor=|/cursor",
                "order=asc|/order",
                "dataset=%ff|/dataset",
                "a%2fb=1|/a~1b"
            })
    void refusesAQueryThatIsWrong(String query, String pointer) {
        Answer answer = http.get("/api/v1/exports?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("/problems/malformed-request");
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    private List<String> paths(String query) {
        List<String> found = new ArrayList<>();
        for (JsonNode item : http.get("/api/v1/exports?" + query).json().path("items")) {
            found.add(item.at("/links/self").asString());
        }
        return found;
    }

    private List<String> datasets(String query) {
        List<String> found = new ArrayList<>();
        for (JsonNode item : http.get("/api/v1/exports?" + query).json().path("items")) {
            found.add(item.path("dataset").asString());
        }
        return found;
    }
}
