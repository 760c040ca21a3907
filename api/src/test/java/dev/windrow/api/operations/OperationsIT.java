package dev.windrow.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.statistics.ExportStatistics.Done;
import dev.windrow.common.statistics.ExportStatistics.Running;
import dev.windrow.common.statistics.Operations.Outbox;
import dev.windrow.common.statistics.Operations.Overview;
import dev.windrow.common.statistics.Operations.Queue;
import dev.windrow.common.statistics.Operations.SourceStanding;
import dev.windrow.common.statistics.Operations.SourceTrouble;
import dev.windrow.common.statistics.Operations.Stored;
import dev.windrow.common.statistics.Operations.Worker;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How everything stands, as administrators are told. */
final class OperationsIT {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
    private static final String EXPORT = "01930000-0000-7000-8000-000000000001";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    private Answer as(String caller, String query) {
        return http.send("GET", "/api/v1/operations" + query, "", "X-Caller", caller);
    }

    @Test
    void areForAdministratorsAlone() {
        server.overview = overview();
        for (String caller : List.of("ann export", "ann read", "ann mint", "ann metrics")) {
            Answer answer = as(caller, "");
            assertThat(answer.status()).as(caller).isEqualTo(403);
            assertThat(answer.type()).isEqualTo("/problems/forbidden");
        }
        assertThat(as("root admin", "").status()).isEqualTo(200);
        assertThat(as("root admin", "?owner=ann").status()).isEqualTo(400);
    }

    @Test
    void areUnavailableForAMomentWhileNobodyKnows() {
        Answer answer = as("root admin", "");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void tellWhatIsKnownAndNullForTheRest() {
        server.overview = overview();

        Answer answer = as("root admin", "");

        assertThat(answer.json()).isEqualTo(JsonMapper.shared().readTree("""
                {
                  "queue": { "waiting": 3, "oldestDueAt": "2026-03-01T10:20:30.123Z", "running": 1 },
                  "workers": [
                    { "name": "one", "present": true, "startedAt": "2026-03-01T10:20:30.123Z",
                      "seenAt": "2026-03-01T10:20:31.123Z", "concurrency": 2, "exports": [
                        { "id": "01930000-0000-7000-8000-000000000001", "dataset": "readings", "owner": "ann",
                          "startedAt": "2026-03-01T10:20:30.123Z", "leaseUntil": "2026-03-01T10:20:40.123Z",
                          "rowsWritten": 17, "percent": null,
                          "links": { "self": "/api/v1/exports/01930000-0000-7000-8000-000000000001" } } ] },
                    { "name": "two", "present": false, "startedAt": null, "seenAt": null, "concurrency": null,
                      "exports": [] } ],
                  "storage": { "workBytes": 5, "archiveBytes": null, "leftBytes": -1 },
                  "sources": [
                    { "name": "rows", "datasets": ["readings"], "answeredAt": null, "error":
                      { "at": "2026-03-01T10:20:30.123Z", "type": "source-unavailable", "detail": "It is away.",
                        "export": null } } ],
                  "outbox": { "waiting": 4, "oldestDueAt": null, "givenUp": 2 }
                }
                """));
        assertThat(http.send(
                                "GET",
                                "/api/v1/operations",
                                "",
                                "X-Caller",
                                "root admin",
                                "If-None-Match",
                                answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    private static Overview overview() {
        Running run = new Running(EXPORT, "ann", "readings", "one", NOW, NOW.plusSeconds(10), new Done(17, null));
        return new Overview(
                new Queue(3, 1, NOW),
                List.of(
                        new Worker("one", true, 2, NOW, NOW.plusSeconds(1), List.of(run)),
                        new Worker("two", false, null, null, null, List.of())),
                new Stored(5, null),
                -1L,
                List.of(new SourceStanding(
                        "rows",
                        List.of("readings"),
                        null,
                        new SourceTrouble(NOW, "source-unavailable", "It is away.", null))),
                new Outbox(4, null, 2));
    }
}
