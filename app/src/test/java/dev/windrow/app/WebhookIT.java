package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Receiver;
import dev.windrow.testkit.Receiver.Received;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks over the product's own routes, from the start that names one to the target that gets it. */
@Tag("slow")
final class WebhookIT {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String READINGS =
            "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"},\"notify\":%s}";

    @TempDir
    private static Path home;

    private static Receiver billing;
    private static Receiver signed;
    private static RunningWindow window;
    private static WindowClient client;

    @BeforeAll
    static void serve() {
        billing = Receiver.answering(204);
        signed = Receiver.answering(200);
        window = RunningWindow.sensors(
                home,
                "--windrow.webhooks.billing.url=" + billing.url(),
                "--windrow.webhooks.billing.secret=whsec_" + KEY,
                "--windrow.webhooks.signed.url=" + signed.url(),
                "--windrow.webhooks.signed.events=completed,cancelled,expired",
                "--windrow.webhooks.allow=127.0.0.1,hooks.example.com",
                "--windrow.page.url=https://exports.example/base/");
        client = window.client;
    }

    @AfterAll
    static void stop() {
        window.close();
        billing.close();
        signed.close();
    }

    @Test
    void tellsTheWebhookThatAStartNames() throws Exception {
        JsonNode export = client.complete(READINGS.formatted("{\"webhook\":\"billing\"}"));
        String id = export.get("id").stringValue();
        Received request = received(billing, id);

        String text = request.id() + '.' + request.headers().get("webhook-timestamp") + '.' + request.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        assertThat(request.headers())
                .containsEntry(
                        "webhook-signature",
                        "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        JsonNode body = JsonMapper.shared().readTree(request.body());
        assertThat(body.get("type").stringValue()).isEqualTo("export.completed");
        JsonNode data = body.get("data");
        assertThat(data.get("owner").stringValue()).isEqualTo("local");
        assertThat(data.get("rows").longValue())
                .isEqualTo(export.get("progress").get("rowsTotal").longValue());
        assertThat(data.get("file").get("sha256")).isEqualTo(export.get("file").get("sha256"));
        assertThat(data.get("file").get("bytes")).isEqualTo(export.get("file").get("bytes"));
        assertThat(data.get("file").get("name")).isEqualTo(export.get("file").get("name"));
        assertThat(data.get("links").get("file").stringValue())
                .isEqualTo("https://exports.example/base/api/v1/exports/" + id + "/file");
        assertThat(request.body()).doesNotContain("load", "parameters");

        JsonNode delivery = delivered(id);
        assertThat(delivery.get("id").stringValue()).isEqualTo(request.id());
        assertThat(delivery.get("target").stringValue()).isEqualTo("billing");
        assertThat(delivery.get("kind").stringValue()).isEqualTo("webhook");
        assertThat(delivery.get("tries").get(0).get("reason").stringValue()).isEqualTo("answered 204");

        Answer again = client.send("POST", delivery.get("links").get("replay").stringValue(), "");
        assertThat(again.status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> all(billing, id).size() == 2);
        assertThat(all(billing, id)).extracting(Received::id).containsOnly(request.id());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> delivered(id).get("tries").size() == 2);
        assertThat(client.get("/api/v1/audit?action=delivery&export=" + id)
                        .json()
                        .get("items"))
                .hasSize(2)
                .allMatch(row -> row.get("part").stringValue().equals("webhook billing")
                        && row.get("outcome").stringValue().equals("done"));
        assertThat(client.get("/api/v1/audit?action=replay&export=" + id).json().get("items"))
                .hasSize(1);
    }

    @Test
    void signsByItsOwnKeyWhereATargetHasNoSecret() throws Exception {
        String id = client.complete(READINGS.formatted("{\"webhook\":\"signed\"}"))
                .get("id")
                .stringValue();
        Received request = received(signed, id);
        JsonNode key =
                client.get("/.well-known/windrow-keys").json().get("keys").get(0);
        byte[] open = Base64.getUrlDecoder().decode(key.get("x").stringValue());
        assertThat(key.get("whpk").stringValue())
                .isEqualTo("whpk_" + Base64.getEncoder().encodeToString(open));
        // RFC 8410: what stands before the 32 bytes of an Ed25519 key.
        String encoded = "302a300506032b6570032100" + HexFormat.of().formatHex(open);
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded))));
        check.update((request.id() + '.' + request.headers().get("webhook-timestamp") + '.' + request.body())
                .getBytes(StandardCharsets.UTF_8));
        String signature = request.headers().get("webhook-signature");
        assertThat(signature).startsWith("v1a,");
        assertThat(check.verify(Base64.getDecoder().decode(signature.substring(4))))
                .isTrue();
    }

    /** By the library of Standard Webhooks, which is not ours. */
    @Test
    void isGenuineToALibraryOfOthersAndWhatWasChangedIsNot(@TempDir Path folder) throws Exception {
        NpmFolder npm = NpmFolder.installed(Path.of("src/test/webhooks"), folder.resolve("npm"));
        String id = client.complete(READINGS.formatted("{\"webhook\":\"billing\"}"))
                .get("id")
                .stringValue();
        Received request = received(billing, id);
        String other = Base64.getEncoder().encodeToString(new byte[24]);

        assertThat(judged(npm, request, request.body(), KEY)).isEqualTo("genuine: export.completed\n");
        assertThat(judged(npm, request, request.body().replace("completed", "cOmpleted"), KEY))
                .startsWith("refused: ");
        assertThat(judged(npm, request, request.body(), other)).startsWith("refused: ");
    }

    private static String judged(NpmFolder npm, Received request, String body, String key) throws IOException {
        Map<String, Object> delivery = Map.of("headers", request.headers(), "body", body, "secret", "whsec_" + key);
        Files.writeString(
                npm.path().resolve("delivery.json"), JsonMapper.shared().writeValueAsString(delivery));
        ProcessRun run = npm.node("verify.js", "delivery.json");
        assertThat(run.exit()).as(run.all()).isZero();
        return run.out();
    }

    @Test
    void tellsAnAllowedUrlAndShowsNoMoreThanItsHost() {
        String id = client.complete(READINGS.formatted("{\"webhook\":\"" + signed.url() + "\"}"))
                .get("id")
                .stringValue();
        received(signed, id);
        JsonNode delivery = delivered(id);
        assertThat(delivery.get("target").stringValue()).matches("http://127\\.0\\.0\\.1:[0-9]+/…");
        assertThat(client.get("/api/v1/exports/" + id + "/deliveries").text()).doesNotContain("secret");
        assertThat(client.get("/api/v1/audit?action=delivery").text()).doesNotContain("key=secret");
    }

    @Test
    void tellsNobodyOfAStartThatNamesNobody() {
        String id = client.complete("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}}")
                .get("id")
                .stringValue();
        String named = client.complete(READINGS.formatted("{\"webhook\":\"billing\"}"))
                .get("id")
                .stringValue();
        received(billing, named);
        assertThat(client.get("/api/v1/exports/" + id + "/deliveries").json().get("items"))
                .isEmpty();
        assertThat(all(billing, id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"webhook\":\"nobody\"}                          | 422 | /notify/webhook | is no webhook of this server",
                "{\"webhook\":\"https://evil.example/\"}            | 422 | /notify/webhook | has a host that this server does not allow",
                "{\"webhook\":\"http://u:p@127.0.0.1/\"}            | 422 | /notify/webhook | must be the name of a webhook",
                "{\"webhook\":\"http://hooks.example.com:25/\"}     | 422 | /notify/webhook | has a port of another protocol",
                "{\"email\":[\"a@example.com\"]}                   | 422 | /notify/email/0 | this server has none",
                "{\"webhook\":7}                                   | 400 | /notify/webhook | must be a string",
                "{\"pager\":\"x\"}                                 | 400 | /notify/pager   | is not a field of a start",
                "\"billing\"                                       | 400 | /notify         | must be an object"
            })
    void refusesWhomItMayNotTell(String notify, int status, String pointer, String detail) {
        Answer answer = client.post(READINGS.formatted(notify));
        assertThat(answer.status()).isEqualTo(status);
        JsonNode fault = answer.json().get("errors").get(0);
        assertThat(fault.get("pointer").stringValue()).isEqualTo(pointer);
        assertThat(fault.get("detail").stringValue()).contains(detail);
    }

    @Test
    void answersForDeliveriesOfWhatThereIs() {
        assertThat(client.get("/api/v1/exports/0193cafe-0000-7000-8000-000000000000/deliveries")
                        .status())
                .isEqualTo(404);
        String id = client.complete(READINGS.formatted("{\"webhook\":\"billing\"}"))
                .get("id")
                .stringValue();
        String path = "/api/v1/exports/" + id + "/deliveries";
        for (String query : List.of("?limit=0", "?limit=x", "?cursor=x", "?other=1")) {
            assertThat(client.get(path + query).status()).as(query).isEqualTo(400);
        }
        assertThat(client.send("POST", path + "/msg_00000000000000000000000000000000/replay", "")
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode delivered(String export) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> client.get("/api/v1/exports/" + export + "/deliveries")
                                .json()
                                .get("items"),
                        items -> items.size() == 1
                                && items.get(0).get("state").stringValue().equals("done"))
                .get(0);
    }

    private static Received received(Receiver receiver, String export) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> all(receiver, export), found -> !found.isEmpty())
                .get(0);
    }

    private static List<Received> all(Receiver receiver, String export) {
        return receiver.received().stream()
                .filter(request -> request.body().contains(export))
                .toList();
    }
}
