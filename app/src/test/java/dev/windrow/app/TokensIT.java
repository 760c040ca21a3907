package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer, and those that Windrow makes, with the delivered jar. */
@Tag("slow")
final class TokensIT {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String ME = "/api/v1/me";
    private static final String KEY = "a key of this test that makes tokens";
    private static final String LOCKED = """
            {"principal":"u-1","datasets":["sensor-readings"],"parameters":{"sensor_id":"load"}}""";

    @TempDir
    Path folder;

    private ServingProcess serve(String mode, String... settings) throws IOException {
        return ServingProcess.start(folder, "all", settings(mode, settings));
    }

    private String[] settings(String mode, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--windrow.home=" + folder.resolve("home"));
        all.add("--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
        all.add("--windrow.security.mode=" + mode);
        return all.toArray(String[]::new);
    }

    private static String issuer(int number, String field, String value) {
        return "--windrow.security.jwt.issuers[" + number + "]." + field + "=" + value;
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static Answer post(ServingProcess serving, String path, String body, String token) {
        return serving.client.send(
                "POST", path, body, "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }

    private static Map<String, Object> claims(String issuer, String roles) {
        return Map.of(
                "iss",
                issuer,
                "aud",
                "windrow",
                "sub",
                "u-1",
                "roles",
                List.of(roles),
                "exp",
                Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
    }

    @Test
    void ofAnIssuerAreBelievedWhileItsKeysAreKnown() throws IOException {
        String gone = "http://127.0.0.1:" + Ports.free();
        try (TestIssuer idp = TestIssuer.start();
                ServingProcess serving = serve(
                        "jwt",
                        issuer(0, "name", "idp"),
                        issuer(0, "issuer", idp.url()),
                        issuer(0, "audience", "windrow"),
                        issuer(0, "roles-claim", "roles"),
                        issuer(1, "name", "gone"),
                        issuer(1, "issuer", gone),
                        issuer(1, "audience", "windrow"))) {
            String token = idp.token(claims(idp.url(), "export"));
            Answer me = serving.client.get(ME, bearer(token));
            assertThat(me.json().path("name").asString()).as(me.toString()).isEqualTo("idp:u-1");
            assertThat(post(serving, EXPORTS, "{\"dataset\":\"sensors\"}", token)
                            .status())
                    .isEqualTo(202);

            String reader = idp.token(claims(idp.url(), "read"));
            assertThat(serving.client.get(EXPORTS, bearer(reader)).status()).isEqualTo(200);
            assertThat(post(serving, EXPORTS, "{\"dataset\":\"sensors\"}", reader)
                            .status())
                    .isEqualTo(403);
            String nobody = idp.token(claims(idp.url(), "a-group"));
            assertThat(serving.client.get(EXPORTS, bearer(nobody)).status()).isEqualTo(403);

            Answer unasked = serving.client.get(ME, bearer(idp.token(claims(gone, "admin"))));
            assertThat(unasked.type()).isEqualTo("/problems/unavailable");
            assertThat(unasked.header("Retry-After")).isEqualTo("5");

            idp.down();
            assertThat(serving.client.get(ME, bearer(token)).status()).isEqualTo(200);
            Answer foreign = serving.client.get(ME, bearer(token + "x"));
            assertThat(foreign.status()).isEqualTo(401);
            assertThat(serving.log()).doesNotContain(token);
        }
    }

    @Test
    void areMadeForTheUsersOfAKeysHolderAndEndWithTheKey() throws IOException {
        Path keys = folder.resolve("keys.yaml");
        String entry = "- { name: host, roles: [mint], sha256: " + KeyText.sha256(KEY) + " }\n";
        Files.writeString(keys, entry);
        String token;
        String export;
        try (ServingProcess serving = serve("api-keys", "--windrow.security.keys-file=" + keys)) {
            Answer made = post(serving, "/api/v1/tokens", LOCKED, KEY);
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
            token = made.json().path("token").asString();
            assertThat(serving.client.get(ME, bearer(token)).json().path("name").asString())
                    .isEqualTo("u-1");
            Answer started = post(serving, EXPORTS, "{\"dataset\":\"sensor-readings\"}", token);
            assertThat(started.status()).as(started.toString()).isEqualTo(202);
            export = started.header("Location");
            String kept = token;
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> serving.client
                            .get(export(started), bearer(kept))
                            .json()
                            .path("state")
                            .asString()
                            .equals("completed"));
            assertThat(serving.client.get(export + "/file", bearer(token)).status())
                    .isEqualTo(200);
            assertThat(serving.client.get(export, bearer(KEY)).status()).isEqualTo(403);
            Path secret = folder.resolve("home/tokens.secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(serving.log()).doesNotContain(token).doesNotContain(Files.readString(secret));
        }
        try (ServingProcess serving = serve("api-keys", "--windrow.security.keys-file=" + keys)) {
            assertThat(serving.client.get(export, bearer(token)).status()).isEqualTo(200);
            String twin = "- { name: host, sha256: " + KeyText.sha256("another key") + " }\n";
            Files.writeString(keys, entry + twin);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> serving.client.get(export, bearer(token)).status() == 401);
            assertThat(post(serving, "/api/v1/tokens", LOCKED, KEY).status()).isEqualTo(403);
            Files.writeString(keys, entry);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> serving.client.get(export, bearer(token)).status() == 200);
            Files.writeString(keys, "# none\n");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> serving.client.get(export, bearer(token)).status() == 401);
        }
    }

    private static String export(Answer started) {
        return started.header("Location");
    }

    @Test
    void areNotTakenByHalf() throws IOException {
        assertRefused(settings("jwt"), "windrow.security.jwt.issuers names no issuer");
        assertRefused(
                settings(
                        "none",
                        issuer(0, "name", "a"),
                        issuer(0, "issuer", "https://a.example"),
                        issuer(0, "audience", "w")),
                "add jwt to it, or remove the issuers");
        assertRefused(
                settings(
                        "jwt",
                        issuer(0, "name", "a"),
                        issuer(0, "issuer", "http://a.example"),
                        issuer(0, "audience", "w")),
                "issuer is no https address");
        assertRefused(
                settings("jwt", issuer(0, "name", "a"), issuer(0, "issuer", "https://a.example")),
                "audience is missing");
        assertRefused(
                settings(
                        "jwt",
                        issuer(0, "name", "a"),
                        issuer(0, "public-key", folder.resolve("none.pem").toString()),
                        issuer(0, "audience", "w")),
                "none.pem can't be used");
        assertRefused(
                settings(
                        "jwt",
                        issuer(0, "name", "a"),
                        issuer(0, "issuer", "https://a.example"),
                        issuer(0, "audience", "w"),
                        issuer(0, "algorithms", "none")),
                "it takes RS256");
    }

    private void assertRefused(String[] settings, String mend) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve", "--server.port=" + Ports.free()));
        all.addAll(List.of(settings));
        ProcessRun run = ProcessRun.windrow(folder, all.toArray(String[]::new));
        assertThat(run.exit()).as(run.toString()).isNotZero();
        assertThat(run.out() + run.err()).contains(mend).doesNotContain("\tat ");
    }
}
