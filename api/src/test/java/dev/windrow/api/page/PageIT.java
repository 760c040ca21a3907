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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void servesWhatIsLoadedLaterBesideTheScriptThatItTakesFrom() {
        Answer page = http.get("/");
        String script = ASSET.matcher(page.text())
                .results()
                .map(found -> found.group(1))
                .filter(path -> path.endsWith(".js"))
                .findFirst()
                .orElseThrow();
        Answer later = http.get("/" + script.replace("page.js", "operations.js"));
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.header("Cache-Control")).contains("immutable");
        assertThat(later.text()).contains("import { inWords,").doesNotContain("./dom.js", "./texts.js");
        // Of another that is loaded later it takes from there.
        assertThat(later.text()).contains("from \"./told.js\";");
        assertThat(http.get("/" + script.replace("page.js", "told.js")).status())
                .isEqualTo(200);
        List<String> taken = Pattern.compile("(?m)^import \\{ (.+) \\} from \"./page.js\";$")
                .matcher(later.text())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(taken).hasSize(2);
        String joined = http.get("/" + script).text();
        String given = joined.substring(joined.lastIndexOf("export {") + 8, joined.lastIndexOf(" };"));
        assertThat(List.of(given.strip().split(", ")))
                .contains(String.join(", ", taken).split(", "));
        assertStrict(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "ja"})
    void servesTheTextsOfEachLanguageBesideTheScriptThatLoadsThem(String language) {
        Matcher script =
                Pattern.compile("page/[^/]+/page.js").matcher(http.get("/").text());
        assertThat(script.find()).isTrue();
        Answer texts = http.get("/" + script.group().replace("page.js", language + ".js"));
        assertThat(texts.status()).isEqualTo(200);
        assertThat(texts.header("Cache-Control")).contains("immutable");
        assertThat(texts.text()).contains("export default {");
        assertStrict(texts);
    }

    /** What is for whoever reads the sources is not for browsers to load. */
    @Test
    void sendsNoCommentsButWhatTheButtonSaysOfItself() {
        Matcher script =
                Pattern.compile("page/[^/]+/page.js").matcher(http.get("/").text());
        assertThat(script.find()).isTrue();
        assertThat(http.get("/" + script.group()).text()).doesNotContainPattern("(?m)^ *(//|/\\*\\*|\\* )");
        String element = http.get("/windrow.js").text();
        assertThat(element).startsWith("/*\n * <windrow-export>: ");
        assertThat(element.substring(element.indexOf("*/"))).doesNotContainPattern("(?m)^ +(//|/\\*\\*|\\* )");
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
