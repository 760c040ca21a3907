package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.app.Curl.Answer;
import dev.windrow.testkit.Certificate;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What holds behind a proxy that the manual says how to set up: for callers from outside, and against them. */
abstract class ProxyContract {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String KEY = "Authorization: Bearer correct horse, battery staple";
    private static final String ADMIN = "Authorization: Bearer the chief's own horse";
    /** Behind the datasets of a catalog. */
    private static final String ENDLESS = """
              endless:
                title: Endless
                source: media
                formats: [csv]
                files:
                  - name: numbers
                    query: >-
                      with recursive n(id) as (select 1 union all select id + 1 from n where id < 2000000000)
                      select id from n
                    key: [id]
            """;

    private static final String[] FORGED = {
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Port: 81",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Prefix: /evil",
        "Forwarded: for=203.0.113.9;host=evil.example;proto=http"
    };

    @TempDir
    private static Path folder;

    private static ServingProcess windrow;
    private static Proxy proxy;
    private static Curl client;
    private static int port;

    /** What starts a proxy in a folder, on a port, by the manual's example of it. */
    interface Starts {
        Proxy start(Path folder, int port, Map<String, String> replaced) throws IOException;
    }

    /** @param prefix of all paths, with a slash before it; empty for none */
    static void start(String prefix, Starts starts) throws Exception {
        Curl.require();
        port = Ports.free();
        Certificate certificate = Certificate.make(folder, "exports.example");
        String url = "https://exports.example:" + port + prefix;
        int own = Ports.free();
        Map<String, String> replaced = new TreeMap<>(Map.of(
                "127.0.0.1:8080",
                "127.0.0.1:" + own,
                "listen 443",
                "listen 127.0.0.1:" + port,
                "exports.example {",
                "exports.example:" + port + " {",
                "/etc/ssl/exports.example.pem",
                certificate.certificate().toString(),
                "/etc/ssl/site.example.pem",
                certificate.certificate().toString(),
                "/etc/ssl/private/exports.example.key",
                certificate.key().toString(),
                "/etc/ssl/private/site.example.key",
                certificate.key().toString(),
                "server_name site.example",
                "server_name exports.example"));
        proxy = starts.start(folder, port, replaced);
        windrow = ServingProcess.start(
                folder,
                "all",
                own,
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + catalog(),
                "--server.forward-headers-strategy=native",
                "--windrow.page.url=" + url,
                "--windrow.limits.starts-per-minute=1000",
                "--windrow.security.mode=api-keys",
                "--windrow.security.keys-file=" + keys());
        client = new Curl(url, certificate.certificate(), folder, "127.0.0.2");
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (windrow != null) {
            windrow.close();
        }
    }

    private static Path keys() throws IOException {
        return Files.writeString(
                folder.resolve("keys.yaml"),
                "- { name: shop, sha256: " + Digests.hex(token(KEY))
                        + " }\n- { name: chief, roles: [export, admin], sha256: " + Digests.hex(token(ADMIN)) + " }\n");
    }

    private static byte[] token(String header) {
        return header.substring("Authorization: Bearer ".length()).getBytes(StandardCharsets.UTF_8);
    }

    /** A small one with a file in a folder of the archive, and one that goes on until it is told to stop. */
    private static Path catalog() throws Exception {
        Path catalog = Samples.noise(folder, 1 << 20);
        return Files.writeString(catalog, ENDLESS, StandardOpenOption.APPEND);
    }

    private static String begin(Curl from, String dataset, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(KEY);
        Answer started = from.post(EXPORTS, "{\"dataset\":\"" + dataset + "\"}", all.toArray(String[]::new));
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        return EXPORTS + "/" + started.json().path("id").asString();
    }

    private static JsonNode completed() throws IOException {
        String export = begin(client, "media");
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        client.get(export, KEY).json().path("state").asString().equals("completed"));
        return client.get(export, KEY).json();
    }

    @Test
    void callersAreKnownByTheirKeys() throws IOException {
        Answer none = client.get("/api/v1/me");
        assertThat(none.status()).as(none.toString()).isEqualTo(401);
        assertThat(none.json().path("type").asString()).isEqualTo("/problems/not-authenticated");
        assertThat(none.headers()).contains("www-authenticate: bearer realm=\"windrow\"");
        assertThat(client.get("/api/v1/me", KEY).json().path("name").asString()).isEqualTo("shop");
        assertThat(client.get("/").text()).containsIgnoringCase("<!doctype html>");
    }

    @Test
    void filesComeWholeInPartsAndByNamesWithSlashes() throws IOException {
        JsonNode export = completed();
        String file = EXPORTS + "/" + export.path("id").asString() + "/file";
        Answer whole = client.get(file, KEY, "Accept-Encoding: gzip");
        assertThat(Digests.hex(whole.body()))
                .isEqualTo(export.at("/file/sha256").asString());
        assertThat(whole.headers())
                .contains("etag: \"", "repr-digest: sha-256=", "accept-ranges: bytes")
                .doesNotContain("content-encoding");
        Answer part = client.get(file, KEY, "Range: bytes=1000-1999");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.headers()).contains("content-range: bytes 1000-1999/" + whole.body().length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 1000, 2000));
        Answer entry = client.get(file.replace("/file", "/entries/files%2Fnoise.zip"), KEY);
        assertThat(entry.status()).as(entry.headers()).isEqualTo(200);
        assertThat(entry.body()).isEqualTo(Files.readAllBytes(folder.resolve("media/noise.zip")));
        assertThat(client.get(file).status()).isEqualTo(401);
    }

    /** The export goes on until it is stopped, so that what came before did so by itself. */
    @Test
    void eventsComeWhenTheyHappen() throws IOException {
        String export = begin(client, "endless");
        Process stream = client.stream(export + "/events", KEY);
        try (BufferedReader events = stream.inputReader(StandardCharsets.UTF_8)) {
            String line = events.readLine();
            while (line != null && !line.contains("\"running\"")) {
                line = events.readLine();
            }
            assertThat(line).as("an event of the run").isNotNull();
            assertThat(client.get(export, KEY).json().path("state").asString()).isEqualTo("running");
            assertThat(client.post(export + "/cancel", "", KEY).status()).isLessThan(300);
            assertThat(events.lines()).anyMatch(last -> last.contains("\"cancelled\""));
        } finally {
            stream.destroyForcibly();
        }
    }

    @Test
    void linksHaveThePublicAddressAndNeedNoKey() throws IOException {
        JsonNode export = completed();
        List<String> headers = new ArrayList<>(List.of(FORGED));
        headers.add(KEY);
        String links = EXPORTS + "/" + export.path("id").asString() + "/links";
        Answer made = client.post(links, "{}", headers.toArray(String[]::new));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String link = made.json().path("url").asString();
        assertThat(link).startsWith(client.url() + "/d/");
        assertThat(Digests.hex(client.get(link).body()))
                .isEqualTo(export.at("/file/sha256").asString());
    }

    @Test
    void pagesOfTheSiteMayStartAndOthersMayNot() throws IOException {
        begin(client, "media", "Origin: https://exports.example:" + port);
        Answer other = client.post(EXPORTS, "{\"dataset\":\"media\"}", KEY, "Origin: https://evil.example");
        assertThat(other.status()).isEqualTo(403);
    }

    @Test
    void nobodySaysOfHimselfWhereHeComesFrom() throws IOException {
        String export = begin(client.from("127.0.0.7"), "media", FORGED);
        String id = export.substring(EXPORTS.length() + 1);
        JsonNode rows = client.get("/api/v1/audit?export=" + id, ADMIN).json();
        assertThat(rows.toString()).contains("\"address\":\"127.0.0.7\"", "\"shop\"", id);
        assertThat(client.get("/api/v1/audit", ADMIN).text()).doesNotContain("203.0.113.9");
    }

    /** Nginx hands an unknown host to its first server, Caddy answers nothing. */
    @Test
    void nothingIsServedByANameThatIsNotOurs() throws IOException {
        Answer answer = client.get("/api/v1/me", KEY, "Host: evil.example");
        assertThat(answer.text()).doesNotContain("shop");
        assertThat(answer.status()).isIn(200, 421);
        assertThat(answer.status() == 200 ? answer.body().length : 0).isZero();
    }

    @Test
    void whoTriesKeysIsSlowedDownWhateverHeCallsHimselfAndNobodyElse() throws IOException {
        Curl guesser = client.from("127.0.0.3");
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 60 && !seen.contains(429); i++) {
            seen.add(guesser.get("/api/v1/me", "Authorization: Bearer guess" + i, "X-Forwarded-For: 198.51.100." + i)
                    .status());
        }
        assertThat(seen).startsWith(401).endsWith(429);
        assertThat(client.from("127.0.0.4")
                        .get("/api/v1/me", "Authorization: Bearer guess")
                        .status())
                .isEqualTo(401);
        assertThat(guesser.get("/api/v1/me", KEY).status()).isEqualTo(200);
    }
}
