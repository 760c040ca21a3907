package dev.windrow.api.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.preset.Preset;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Presets, from their being saved to their being forgotten; the server's clock says 2026-01-01T00:00:00Z. */
class PresetIT {
    private static final String PRESETS = "/api/v1/presets";
    private static final String NOTES = "{\"dataset\":\"notes\",\"format\":\"csv\"}";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    private static String path(String name) {
        return PRESETS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer put(String name, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return http.send("PUT", path(name), body, all);
    }

    private JsonNode items() {
        return http.get(PRESETS).json().path("items");
    }

    private static Caller caller(Credential.Kind kind, @Nullable Set<String> datasets) {
        Set<String> roles = Set.of(Role.EXPORT.word());
        Rights rights = new Rights(roles, datasets, Map.of(), Allowance.USUAL, Terms.NONE);
        return new Caller("ann", rights, new Credential(kind, "key", null));
    }

    @Test
    void isSavedShownListedChangedAndForgotten() {
        Answer saved = put("Übersicht (März), 月次", NOTES);
        assertThat(saved.status()).as(saved.text()).isEqualTo(201);
        assertThat(saved.json().path("name").asString()).isEqualTo("Übersicht (März), 月次");
        assertThat(saved.json().at("/start/dataset").asString()).isEqualTo("notes");
        assertThat(saved.json().path("error").isNull()).isTrue();
        Answer shown = http.get(path("Übersicht (März), 月次"));
        assertThat(shown.text()).isEqualTo(saved.text());
        assertThat(http.get(path("Übersicht (März), 月次"), "If-None-Match", shown.header("ETag"))
                        .status())
                .isEqualTo(304);

        server.clock.pass(Duration.ofHours(1));
        Answer changed = put("Übersicht (März), 月次", "{\"dataset\":\"notes\",\"fileName\":\"march\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("createdAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(changed.json().path("changedAt").asString()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(items()).hasSize(1);
        assertThat(items().get(0).at("/start/fileName").asString()).isEqualTo("march");

        assertThat(http.send("DELETE", path("Übersicht (März), 月次"), "").status())
                .isEqualTo(204);
        assertThat(http.send("DELETE", path("Übersicht (März), 月次"), "").status())
                .isEqualTo(404);
        assertThat(http.get(path("Übersicht (März), 月次")).status()).isEqualTo(404);
        assertThat(items()).isEmpty();
        List<AuditRow> audit = server.audit.list(new AuditLog.Filter(null, null, "preset", null, null), null, 3);
        assertThat(audit).extracting(row -> row.event().outcome()).containsExactly("deleted", "changed", "created");
        assertThat(audit)
                .allMatch(row ->
                        "Übersicht (März), 月次".equals(row.event().amount().part()));
        assertThat(http.get("/api/v1/exports").json().path("items")).isEmpty();
    }

    @Test
    void leavesOneOfThatNameAsItIsWhereAsked() {
        assertThat(put("a", NOTES, "If-None-Match", "*").status()).isEqualTo(201);

        Answer again = put("a", "{\"dataset\":\"notes\"}", "If-None-Match", "*");

        assertThat(again.status()).isEqualTo(412);
        assertThat(items().get(0).at("/start/format").asString()).isEqualTo("csv");
    }

    @Test
    void refusesWhatNoExportCouldBeStartedBy() {
        Answer wrong = put("a", "{\"dataset\":\"notes\",\"columns\":[\"price\"],\"format\":\"pdf\"}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").valueStream())
                .extracting(error -> error.path("pointer").asString())
                .containsExactlyInAnyOrder("/columns/0", "/format");
        assertThat(put("a", "{\"dataset\":\"nope\"}").status()).isEqualTo(404);
        assertThat(put("a", "{\"dataset\":\"notes\",\"key\":1}").status()).isEqualTo(400);
        assertThat(put("a", "[]").status()).isEqualTo(400);
        assertThat(put("a", "{").status()).isEqualTo(400);
        assertThat(put(" a", NOTES).json().at("/errors/0/pointer").asString()).isEqualTo("/name");
        assertThat(put("a\u202eb", NOTES).status()).isEqualTo(422);
        assertThat(items()).isEmpty();
    }

    @Test
    void showsWhatHasLostItsDataset() {
        var unused = server.bean(Transactions.class)
                .inOne(
                        () -> server.presets.add(new Preset(
                                "local", "old", "gone", "{\"dataset\":\"gone\"}", Instant.EPOCH, Instant.EPOCH)),
                        Optional::empty);

        JsonNode old = items().get(0);

        assertThat(old.path("name").asString()).isEqualTo("old");
        assertThat(old.at("/error/type").asString()).isEqualTo("/problems/not-found");
        assertThat(old.at("/error/detail").asString()).isEqualTo("There is no such dataset.");
    }

    @Test
    void areBoundedInTheirNumber() {
        for (int i = 0; i < 100; i++) {
            assertThat(put("p" + i, NOTES).status()).isEqualTo(201);
        }

        Answer more = put("one more", NOTES);

        assertThat(more.status()).isEqualTo(429);
        assertThat(more.json().path("type").asString()).isEqualTo("/problems/quota-exceeded");
        assertThat(more.header("RateLimit-Policy")).isEqualTo("\"presets\";q=100");
        assertThat(put("p7", NOTES).status()).isEqualTo(200);
        assertThat(items()).hasSize(100);
    }

    @Test
    void areTheOwnersAlone() {
        put("a", NOTES);
        server.caller = caller(Credential.Kind.API_KEY, null);

        assertThat(items()).isEmpty();
        assertThat(http.get(path("a")).status()).isEqualTo(404);
        assertThat(http.send("DELETE", path("a"), "").status()).isEqualTo(404);
        assertThat(put("a", NOTES).status()).isEqualTo(201);
        server.caller = caller(Credential.Kind.API_KEY, Set.of("other"));
        assertThat(items()).isEmpty();
        assertThat(http.get(path("a")).status()).isEqualTo(404);
        server.caller = caller(Credential.Kind.MINTED, null);
        assertThat(http.get(PRESETS).status()).isEqualTo(403);
        assertThat(put("b", NOTES).status()).isEqualTo(403);
        server.caller = caller(Credential.Kind.API_KEY, null);
        assertThat(http.send("DELETE", path("a"), "").status()).isEqualTo(204);
        server.caller = Caller.LOCAL;
        assertThat(items()).hasSize(1);
    }
}
