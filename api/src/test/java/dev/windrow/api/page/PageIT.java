package dev.windrow.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PageIT {
    private static final Pattern ASSET = Pattern.compile("\"(page/[^\"]+)\"");

    private final Http http = new Http(ApiServer.empty().port());

    @Test
    void servesThePageAndEveryFileThatItNames() {
        Answer page = http.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        Matcher named = ASSET.matcher(page.text());
        List<String> paths = named.results().map(found -> found.group(1)).toList();
        assertThat(paths).hasSize(2).allSatisfy(path -> {
            Answer asset = http.get("/" + path);
            assertThat(asset.status()).as(path).isEqualTo(200);
            assertThat(asset.header("Content-Type"))
                    .isEqualToIgnoringCase(
                            path.endsWith(".css") ? "text/css;charset=utf-8" : "text/javascript;charset=utf-8");
            assertThat(asset.header("Cache-Control")).contains("max-age=31536000", "immutable");
            assertStrict(asset);
        });
        assertStrict(page);
    }

    @Test
    void servesTheElementToPagesOfEveryOrigin() {
        Answer element = http.get("/windrow.js", "Origin", "https://shop.example");
        assertThat(element.status()).isEqualTo(200);
        assertThat(element.header("Content-Type")).isEqualToIgnoringCase("text/javascript;charset=utf-8");
        assertThat(element.response().headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("*");
        assertThat(element.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(element.text()).contains("customElements.define(\"windrow-export\"");
        assertStrict(element);
    }

    private static void assertStrict(Answer answer) {
        String policy = answer.header("Content-Security-Policy");
        assertThat(policy)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';")
                .contains("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void holdsNothingInlineAndNamesNoOtherHost() {
        String page = http.get("/").text();
        assertThat(page).doesNotContain("{version}", "<style", "style=", "onclick", "javascript:");
        assertThat(page.replaceAll("<script src=\"[^\"]+\" (defer|type=\"module\")></script>", ""))
                .doesNotContain("<script");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "src=\"//");
    }

    @Test
    void doesNotSendAgainWhatABrowserHas() {
        for (String path : List.of("/", "/windrow.js")) {
            Answer first = http.get(path);
            Answer again = http.get(path, "If-None-Match", first.header("ETag"));
            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.bytes()).isEmpty();
            assertThat(again.header("Cache-Control")).isEqualTo(first.header("Cache-Control"));
        }
        assertThat(http.get("/").header("Cache-Control")).contains("no-cache");
    }

    @Test
    void servesAnotherVersionWhatThereIsButNotToBeKept() {
        Answer answer = http.get("/page/of-another-server/page.js");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-cache").doesNotContain("immutable");
    }

    @Test
    void compressesForThoseWhoTakeIt() throws IOException {
        Answer plain = http.get("/windrow.js");
        Answer packed = http.get("/windrow.js", "Accept-Encoding", "gzip");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.bytes().length).isLessThan(plain.bytes().length / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.bytes()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.text());
        }
    }

    @Test
    void leavesUnknownPathsToTheProblems() {
        for (String path :
                List.of("/index.html", "/page", "/page/1/index.html", "/page/1/..%2fwindrow.js", "/page.js")) {
            Answer answer = http.get(path);
            assertThat(answer.status()).as(path).isBetween(400, 404);
            assertThat(answer.text()).as(path).doesNotContain("customElements");
        }
        assertThat(http.get("/index.html").type()).isEqualTo("/problems/not-found");
        assertThat(http.get("/page/1/index.html").type()).isEqualTo("/problems/not-found");
        assertThat(http.post("/").status()).isEqualTo(405);
    }
}
