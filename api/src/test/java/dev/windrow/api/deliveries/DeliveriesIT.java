package dev.windrow.api.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox.Draft;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who sees what was told, and who has it told again. */
final class DeliveriesIT {
    private static final String START = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}%s}";
    private static final String[] ANN = {"X-Caller", "ann export"};
    private static final String[] READER = {"X-Caller", "ann read"};
    private static final String[] BOB = {"X-Caller", "bob export"};
    private static final String[] ADMIN = {"X-Caller", "root admin"};

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @BeforeEach
    void empty() {
        server.exports
                .list("ann", Exports.Filter.ALL, null, 1_000)
                .forEach(one -> server.exports.delete(one.export().id(), "ann"));
        Optional<Message> left = claim();
        while (left.isPresent()) {
            server.outbox.giveUp(left.get(), new Try(server.clock.instant(), Try.Result.STOP, null, 5), Instant.EPOCH);
            left = claim();
        }
        assertThat(server.outbox.forget(Instant.EPOCH, 1_000)).isNotNegative();
    }

    @Test
    void areTheirOwnersAndAnAdministratorsAlone() {
        String export = start(",\"notify\":{\"webhook\":\"billing\"}");
        Note note = failed();
        assertThat(note.tell()).containsExactly(Target.of(Target.Kind.WEBHOOK, "billing"));
        write(note, 1);
        for (String[] caller : List.of(ANN, READER, ADMIN)) {
            assertThat(items(export, caller)).hasSize(1);
        }
        assertThat(as(BOB, "GET", export + "/deliveries").status()).isEqualTo(404);
        String replay =
                export + "/deliveries/" + items(export, ANN).get(0).get("id").stringValue() + "/replay";
        assertThat(as(BOB, "POST", replay).status()).isEqualTo(404);
        // It waits.
        Answer early = as(ANN, "POST", replay);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().get("type").stringValue()).isEqualTo("/problems/not-retryable");

        Message claimed = claim().orElseThrow();
        server.outbox.giveUp(
                claimed, new Try(server.clock.instant(), Try.Result.STOP, "answered 410", 5), server.clock.instant());
        JsonNode ended = items(export, ANN).get(0);
        assertThat(ended.get("state").stringValue()).isEqualTo("given-up");
        assertThat(ended.get("nextTryAt").isNull()).isTrue();
        assertThat(ended.get("tries").get(0).get("outcome").stringValue()).isEqualTo("stop");
        Answer again = as(ADMIN, "POST", ended.get("links").get("replay").stringValue());
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().get("state").stringValue()).isEqualTo("waiting");
        assertThat(again.json().get("id")).isEqualTo(ended.get("id"));
    }

    @Test
    void comeInPages() {
        String export = start("");
        write(failed(), 5);
        List<String> seen = pages(export + "/deliveries?limit=2");
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void areListedOfEverybodyForAdministratorsAlone() {
        String export = start(",\"notify\":{\"webhook\":\"billing\"}");
        write(failed(), 3);
        for (String path : List.of("/api/v1/deliveries", "/api/v1/deliveries?state=waiting")) {
            for (String[] caller : List.of(ANN, READER, BOB)) {
                assertThat(as(caller, "GET", path).status()).isEqualTo(403);
            }
        }
        List<String> waiting = pages("/api/v1/deliveries?state=waiting&limit=2");
        assertThat(waiting).hasSize(3).doesNotHaveDuplicates();
        assertThat(pages("/api/v1/deliveries")).isEmpty();
        Message claimed = claim().orElseThrow();
        server.outbox.giveUp(
                claimed, new Try(server.clock.instant(), Try.Result.STOP, "answered 410", 5), server.clock.instant());

        JsonNode item =
                as(ADMIN, "GET", "/api/v1/deliveries").json().get("items").get(0);

        assertThat(item.get("id").stringValue()).isEqualTo(claimed.id());
        assertThat(item.get("owner").stringValue()).isEqualTo("ann");
        assertThat(item.get("dataset").stringValue()).isEqualTo("sensor-readings");
        assertThat(export).endsWith(item.get("export").stringValue());
        assertThat(item.get("tries").get(0).get("reason").stringValue()).isEqualTo("answered 410");
        assertThat(as(ADMIN, "POST", item.get("links").get("replay").stringValue())
                        .status())
                .isEqualTo(202);
        assertThat(pages("/api/v1/deliveries?state=given-up")).isEmpty();
        String other = as(ADMIN, "GET", export + "/deliveries?limit=1")
                .json()
                .get("nextCursor")
                .stringValue();
        for (String wrong : List.of("state=done", "limit=0", "cursor=" + other, "owner=ann")) {
            assertThat(as(ADMIN, "GET", "/api/v1/deliveries?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private List<String> pages(String first) {
        List<String> seen = new ArrayList<>();
        String path = first;
        while (path != null) {
            Answer page = as(ADMIN, "GET", path);
            page.json().get("items").forEach(item -> seen.add(item.get("id").stringValue()));
            String link = page.header("Link");
            assertThat(link == null).isEqualTo(page.json().get("nextCursor").isNull());
            path = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        return seen;
    }

    @Test
    void areAskedForInTheTransactionOfTheStart() {
        String same = start(",\"notify\":{\"webhook\":\"billing\"}", "Idempotency-Key", "one");
        assertThat(start(",\"notify\":{\"webhook\":\"billing\"}", "Idempotency-Key", "one"))
                .isEqualTo(same);
        // Whom to tell is part of what was asked.
        assertThat(send("", "Idempotency-Key", "one").status()).isEqualTo(422);
        server.databaseAway = true;
        assertThat(send(",\"notify\":{\"webhook\":\"billing\"}").status()).isEqualTo(503);
    }

    @Test
    void areMadeOfANewExportAlone() {
        String first = start("");
        server.complete(server.claim(), "archive".getBytes(StandardCharsets.UTF_8));
        Answer taken = send(",\"maxAge\":\"PT5M\"");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("Content-Location")).isEqualTo(first);
        assertThat(send(",\"maxAge\":\"PT5M\",\"notify\":{\"webhook\":\"billing\"}")
                        .status())
                .isEqualTo(202);
    }

    private String start(String more, String... headers) {
        Answer answer = send(more, headers);
        assertThat(answer.status()).isEqualTo(202);
        return answer.header("Location");
    }

    private Answer send(String more, String... headers) {
        List<String> all = new ArrayList<>(List.of(ANN));
        all.addAll(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return http.send("POST", "/api/v1/exports", START.formatted(more), all.toArray(String[]::new));
    }

    private Answer as(String[] caller, String method, String path) {
        return http.send(method, path, "", caller);
    }

    private JsonNode items(String export, String[] caller) {
        return as(caller, "GET", export + "/deliveries").json().get("items");
    }

    private Optional<Message> claim() {
        Instant now = server.clock.instant();
        return server.outbox.claim(Target.of(Target.Kind.WEBHOOK, "billing"), now, now.plusSeconds(30));
    }

    private Note failed() {
        Export claimed = server.claim();
        server.runs.fail(
                claimed.lastClaim(), new Failure(FailureCode.STORAGE_FULL, "There is no room"), server.clock.instant());
        return server.outbox.notes(1_000).stream()
                .filter(note -> note.about().export().equals(claimed.id()))
                .findFirst()
                .orElseThrow();
    }

    private void write(Note note, int messages) {
        Target target = Target.of(Target.Kind.WEBHOOK, "billing");
        server.outbox.address(
                note,
                IntStream.range(0, messages)
                        .mapToObj(each -> new Draft(id(note, each), target, "{}"))
                        .toList(),
                server.clock.instant());
    }

    private static String id(Note note, int number) {
        String export = note.about().export().toString().replace("-", "");
        return String.format(Locale.ROOT, "msg_%s%04x", export.substring(4), number);
    }
}
