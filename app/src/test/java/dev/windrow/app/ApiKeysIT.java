package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys from end to end, with the delivered jar. */
@Tag("slow")
final class ApiKeysIT {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String ME = "/api/v1/me";
    private static final Duration REVOKED = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void letInByTheirHashWhoeverMadeThem() throws IOException {
        String admin = KeyText.make(new SecureRandom());
        try (ServingProcess serving = serve(
                entry(0, "name", "shop"),
                entry(0, "sha256", KeyText.sha256("correct horse, battery staple")),
                entry(1, "name", "chief"),
                entry(1, "sha256", KeyText.sha256(admin)),
                entry(1, "roles", "admin"),
                entry(1, "datasets", "sensors,sensor-readings"),
                entry(1, "expires", "2999-01-31"))) {
            Answer none = serving.client.get(EXPORTS);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"windrow\"");
            assertThat(none.json().path("type").asString()).isEqualTo("/problems/not-authenticated");
            assertThat(serving.client.get(EXPORTS, bearer("wrong")).status()).isEqualTo(401);
            assertThat(serving.client
                            .get(EXPORTS, "Authorization", "Basic c2hvcDpzaG9w")
                            .status())
                    .isEqualTo(401);

            Answer me = serving.client.get(ME, bearer("correct horse, battery staple"));
            assertThat(me.status()).isEqualTo(200);
            assertThat(me.json().path("name").asString()).isEqualTo("shop");
            assertThat(me.json().path("roles").toString()).isEqualTo("[\"export\"]");
            assertThat(me.json().path("datasets").isNull()).isTrue();
            assertThat(me.json().path("expiresAt").isNull()).isTrue();
            assertThat(me.json().at("/key/name").asString()).isEqualTo("shop");
            assertThat(me.json().at("/key/lastUsed").asString()).endsWith("Z");
            assertThat(me.json().has("keys")).isFalse();

            Answer chief = serving.client.get(ME, bearer(admin));
            assertThat(chief.json().path("datasets").toString()).isEqualTo("[\"sensor-readings\",\"sensors\"]");
            assertThat(chief.json().path("expiresAt").asString()).isEqualTo("2999-01-31T00:00:00Z");
            assertThat(chief.json().at("/keys/0/name").asString()).isEqualTo("shop");
            assertThat(chief.json().at("/keys/0/lastUsed").asString()).endsWith("Z");
            assertThat(chief.text()).doesNotContain(KeyText.sha256(admin));
            assertThat(serving.log()).doesNotContain("\tat ").doesNotContain("password");
        }
    }

    @Test
    void areTakenAwayWithoutARestart() throws IOException {
        String stays = KeyText.make(new SecureRandom());
        String goes = KeyText.make(new SecureRandom());
        Path file = folder.resolve("keys.yaml");
        String first = "- { name: one, principal: shop, sha256: " + KeyText.sha256(stays) + " }\n";
        Files.writeString(file, first + "- { name: two, principal: shop, sha256: " + KeyText.sha256(goes) + " }\n");
        try (ServingProcess serving = serve("--windrow.security.keys-file=" + file)) {
            String started = serving.client
                    .send(
                            "POST",
                            EXPORTS,
                            "{\"dataset\":\"sensors\"}",
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            "Bearer " + goes)
                    .header("Location");
            // The other key is of the same caller.
            assertThat(serving.client.get(started, bearer(stays)).status()).isEqualTo(200);

            Files.writeString(file, "- { name: one, broken");
            await().atMost(REVOKED).until(() -> serving.log().contains("The keys file can't be taken"));
            assertThat(serving.client.get(ME, bearer(goes)).status()).isEqualTo(200);

            Path edited = Files.writeString(folder.resolve("keys.new"), first);
            Files.move(edited, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            await().atMost(REVOKED)
                    .until(() -> serving.client.get(ME, bearer(goes)).status() == 401);
            assertThat(serving.client.get(ME, bearer(stays)).status()).isEqualTo(200);

            Files.delete(file);
            await().atMost(REVOKED).until(() -> serving.log().contains("there is no such file"));
            assertThat(serving.client.get(ME, bearer(stays)).status()).isEqualTo(200);

            Files.writeString(file, "# none\n");
            await().atMost(REVOKED)
                    .until(() -> serving.client.get(ME, bearer(stays)).status() == 401);
            assertThat(serving.log()).doesNotContain(goes).doesNotContain(KeyText.sha256(goes));
        }
    }

    @Test
    void saysWhichOnlyToWhoHoldsTheKey() throws IOException {
        String ended = KeyText.make(new SecureRandom());
        String early = KeyText.make(new SecureRandom());
        try (ServingProcess serving = serve(
                entry(0, "name", "ended"),
                entry(0, "sha256", KeyText.sha256(ended)),
                entry(0, "expires", "2026-01-01T00:00:00+01:00"),
                entry(1, "name", "early"),
                entry(1, "sha256", KeyText.sha256(early)),
                entry(1, "not-before", "2999-01-01"))) {
            assertThat(detail(serving, ended)).contains("expired").contains("2025-12-31T23:00:00Z");
            assertThat(detail(serving, early)).contains("does not hold yet");
            assertThat(detail(serving, KeyText.make(new SecureRandom()))).isEqualTo("The API key is unknown.");
            String slip = early.substring(0, 20) + (early.charAt(20) == 'x' ? 'y' : 'x') + early.substring(21);
            assertThat(detail(serving, slip)).contains("slip of the pen");
            assertThat(detail(serving, early.substring(0, 40))).contains("slip of the pen");
            assertThat(serving.log()).contains("The API key \"ended\" ended 2025-12-31T23:00:00Z");
        }
    }

    @Test
    void areMadeByACommandWhoseEntryIsTakenAsItIs() throws IOException {
        ProcessRun made = ProcessRun.windrow(
                folder,
                "key",
                "new",
                "shop \"two\"",
                "--role",
                "read",
                "--role",
                "mint",
                "--dataset",
                "sensors",
                "--expires",
                "P90D");
        assertThat(made.exit()).as(made.all()).isZero();
        assertThat(made.out()).matches("wdr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}\n");
        assertThat(made.err()).doesNotContain(made.out().strip());
        Path file = Files.writeString(folder.resolve("keys.yaml"), made.err());
        try (ServingProcess serving = serve("--windrow.security.keys-file=" + file)) {
            Answer me = serving.client.get(ME, bearer(made.out().strip()));
            assertThat(me.json().path("name").asString()).isEqualTo("shop \"two\"");
            assertThat(me.json().path("roles").toString()).isEqualTo("[\"mint\",\"read\"]");
            assertThat(me.json().path("datasets").toString()).isEqualTo("[\"sensors\"]");
            assertThat(me.json().path("expiresAt").isNull()).isFalse();
        }
    }

    private static String detail(ServingProcess serving, String key) {
        Answer answer = serving.client.get(ME, bearer(key));
        assertThat(answer.status()).isEqualTo(401);
        return answer.json().path("detail").asString();
    }

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private static String entry(int number, String field, String value) {
        return "--windrow.security.api-keys[" + number + "]." + field + "=" + value;
    }

    private ServingProcess serve(String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--windrow.home=" + folder.resolve("home"));
        all.add("--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
        all.add("--windrow.security.mode=api-keys");
        return ServingProcess.start(folder, "all", all.toArray(String[]::new));
    }
}
