package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the headers that a page gives to its buttons, whatever markup was slipped into the page. */
@Tag("browser")
final class ButtonHeadersIT {
    private static final String SECRET = "Bearer of-this-page";
    private static final String KEY = """
            customElements.whenDefined("windrow-export").then((WindrowExport) => {
              WindrowExport.headers = () => ({ Authorization: "Bearer of-this-page", "X-API-Key": "of-this-page" });
            });
            """;
    private static final String COMPLETED = """
            {"id":"x","dataset":"orders","format":"csv","state":"completed","attempt":1,"warnings":[],"links":{},
             "progress":{"phase":"done","rowsWritten":1,"rowsTotal":1,"percent":100},
             "file":{"name":"orders.zip","bytes":1,"entries":[]}}""";

    private ScriptedServer home;
    private ScriptedServer stranger;
    private HostPage host;
    private Browser browser;

    @BeforeEach
    void serve() throws IOException {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        home = ScriptedServer.start();
        stranger = ScriptedServer.start();
        host = HostPage.serve();
        host.serves("/key.js", KEY);
        host.loads(home.origin(), "defer", stranger.origin());
        browser = Browser.open();
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
            host.close();
            home.close();
            stranger.close();
        }
    }

    /** A page whose script gives headers to the buttons of its server. */
    private Page show(String html) {
        host.shows("<script src=\"/key.js\"></script>" + html);
        return browser.page(host.origin());
    }

    private static void eventually(ScriptedServer server, Predicate<ScriptedServer.Asked> asked) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.asked().stream().anyMatch(asked));
    }

    private static Locator alert(Page page) {
        return page.getByRole(AriaRole.ALERT);
    }

    private void assertStrangerLearntNothing() {
        assertThat(stranger.asked())
                .isNotEmpty()
                .allSatisfy(
                        asked -> assertThat(asked.authorization() + asked.key()).isEmpty());
    }

    @Test
    void givesHeadersToWhereItsFileCameFrom() {
        show("<windrow-export export=\"x\"></windrow-export>");
        eventually(home, asked -> asked.authorization().equals(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT/", "//127.0.0.1:PORT", "\thttp:\\\\127.0.0.1:PORT\\deep"})
    void givesNoHeadersToAServerThatMarkupNames(String address) {
        String server = address.replace("PORT", String.valueOf(stranger.port()));
        Page page = show("<windrow-export server=\"" + server + "\" export=\"x\"></windrow-export>"
                + "<windrow-export server=\"" + server + "\" dataset=\"orders\"></windrow-export>");
        eventually(stranger, asked -> asked.method().equals("GET"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export"))
                .last()
                .click();
        eventually(stranger, asked -> asked.method().equals("POST"));
        assertStrangerLearntNothing();
    }

    @Test
    void takesNoAddressThatHidesBehindAUserOrIsNoneOfTheWeb() {
        String hidden = home.origin() + "@127.0.0.1:" + stranger.port();
        for (String server : List.of(hidden, "javascript:alert(1)", "data:,x", "file:///etc/", "http://")) {
            Page page = show("<windrow-export server=\"" + server + "\" export=\"x\"></windrow-export>");
            assertThat(alert(page)).hasText("The attribute server of this button is not an http or https address.");
        }
        assertThat(stranger.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defer", "async", "", "type=\"module\" crossorigin"})
    void knowsItsServerWhateverElseCallsItselfItsScript(String attributes) {
        host.loads(home.origin(), attributes, stranger.origin(), host.origin());
        host.precedes(
                "<script type=\"text/plain\" src=\"" + stranger.origin() + "/windrow.js\"></script>"
                        + "<form name=\"currentScript\"></form><form name=\"baseURI\"></form><form name=\"querySelector\"></form>");
        show("<base href=\"" + stranger.origin() + "/\"><windrow-export export=\"x\"></windrow-export>"
                + "<windrow-export server=\"sub/\" export=\"x\"></windrow-export>");
        eventually(home, asked -> asked.authorization().equals(SECRET));
        assertThat(stranger.asked()).isEmpty();
    }

    /**
     * The page names its script relative to its own origin, and a base that was slipped in behind it leads elsewhere.
     */
    @Test
    void knowsItsServerWhereABaseWasSlippedInBehindItsScript() throws IOException {
        host.loads("", "defer", home.origin(), stranger.origin(), host.origin());
        host.serves("/windrow.js", ScriptedServer.button());
        Page page = show("<base href=\"" + stranger.origin() + "/\"><windrow-export dataset=\"x\"></windrow-export>");
        assertThat(page.evaluate("customElements.get('windrow-export').server")).isEqualTo(host.origin() + "/");
    }

    @Test
    void asksForAServerWhereABundlerHasPutItElsewhere() throws IOException {
        host.loads(home.origin(), "defer");
        host.serves("/bundle.js", ScriptedServer.button());
        host.precedes("<script src=\"/bundle.js\"></script>");
        Page page = show(
                "<windrow-export dataset=\"orders\"></windrow-export><windrow-export export=\"x\"></windrow-export>");
        assertThat(alert(page)).hasText("This button does not know its server. Give it the attribute server.");

        page.evaluate("address => { customElements.get('windrow-export').server = address; }", home.origin());
        eventually(home, asked -> asked.authorization().equals(SECRET));
    }

    @Test
    void givesHeadersOfItsOwnAndOfANamedOriginToThatServerAlone() {
        Page page = show("<windrow-export id=\"own\"></windrow-export><windrow-export id=\"named\"></windrow-export>");
        page.evaluate(
                "server => { own.headers = { 'X-API-Key': 'own' }; own.setAttribute('server', server); own.export = 'own'; }",
                stranger.origin());
        eventually(stranger, asked -> asked.key().equals("own") && asked.path().endsWith("/own"));

        page.evaluate("() => { own.server = null; own.export = 'back'; }");
        eventually(home, asked -> asked.path().endsWith("/back"));
        assertThat(home.asked()).noneMatch(asked -> asked.key().equals("own"));

        page.evaluate(
                "server => { customElements.get('windrow-export').headersFor(server, async () => ({ 'X-API-Key': 'named' }));"
                        + " named.server = server + '/below'; named.export = 'named'; }",
                stranger.origin());
        eventually(
                stranger, asked -> asked.key().equals("named") && asked.path().equals("/below/api/v1/exports/named"));
        assertThat(stranger.asked()).noneMatch(asked -> asked.authorization().equals(SECRET));
    }

    /** Of a page that keeps a token until it hears that it was refused; each is good for what the test says. */
    private Page showWithTokens(String html) {
        Page page = show(html);
        page.waitForFunction("() => customElements.get('windrow-export')?.headers");
        page.evaluate("""
                () => {
                  let token = 1;
                  window.told = [];
                  customElements.get("windrow-export").headers = async ({ refused }) => {
                    window.told.push(refused);
                    if (refused) token++;
                    return { Authorization: `Bearer t${token}` };
                  };
                }""");
        return page;
    }

    @Test
    void asksForAFreshTokenWhereOneHasEnded() {
        home.answers("GET /api/v1/exports/x", COMPLETED);
        home.answers("POST /api/v1/exports/x/links", "{\"url\":\"/made\"}");
        home.takes("Bearer t2");
        Page page = showWithTokens("<windrow-export></windrow-export>");
        page.evaluate("() => { document.querySelector('windrow-export').export = 'x'; }");
        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"));
        assertThat(link).isVisible();
        assertThat(home.asked()).extracting(ScriptedServer.Asked::authorization).contains("Bearer t1", "Bearer t2");

        home.takes("Bearer t3");
        link.click();
        eventually(
                home,
                asked -> asked.method().equals("POST") && asked.authorization().equals("Bearer t3"));
        assertThat(alert(page)).hasCount(0);
    }

    @Test
    void asksForAFreshTokenInTheMiddleOfAnExport() {
        String running = COMPLETED
                .replace("completed", "running")
                .replace("\"phase\":\"done\"", "\"phase\":\"rows\"")
                .replace("\"links\":{}", "\"links\":{\"events\":\"/api/v1/exports/x/events\"}");
        home.answers("GET /api/v1/exports/x", running);
        home.takes("Bearer t1");
        Page page = showWithTokens("<windrow-export></windrow-export>");
        page.evaluate("() => { document.querySelector('windrow-export').export = 'x'; }");
        eventually(home, asked -> asked.path().endsWith("/x/events"));

        home.answers("GET /api/v1/exports/x", COMPLETED);
        home.takes("Bearer t2");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download")))
                .isVisible();
        assertThat(alert(page)).hasCount(0);
    }

    @Test
    void asksOnceAndNoMore() {
        home.takes("Bearer none");
        Page page = showWithTokens("<windrow-export dataset=\"orders\"></windrow-export>");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export"))
                .click();
        assertThat(alert(page)).isVisible();
        assertThat(home.asked()).hasSize(2);
        assertThat(page.evaluate("window.told.join()")).isEqualTo("false,true");
    }

    @Test
    void sendsTheSameHeadersOnceOnly() {
        home.takes("Bearer none");
        Page page = show("<windrow-export dataset=\"orders\"></windrow-export>");
        page.waitForFunction("() => customElements.get('windrow-export')?.headers");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export"))
                .click();
        assertThat(alert(page)).isVisible();
        assertThat(home.asked()).hasSize(1);
    }

    @Test
    void followsNoRedirectWithHeaders() {
        home.redirects("/api/v1/exports/x", stranger.origin() + "/api/v1/exports/x");
        Page page = show("<windrow-export></windrow-export>");
        page.waitForFunction("() => customElements.get('windrow-export')?.headers");
        page.evaluate("() => { document.querySelector('windrow-export').export = 'x'; }");
        assertThat(page.locator("windrow-export")).containsText("Connection lost");
        assertThat(home.asked()).anyMatch(asked -> asked.authorization().equals(SECRET));
        assertThat(stranger.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:window.hacked=1", "data:text/html,x", "blob:http://127.0.0.1/x", "file:///etc/passwd"
            })
    void followsNoLinkThatIsNoneOfTheWeb(String url) {
        home.answers("GET /api/v1/exports/x", COMPLETED);
        home.answers("POST /api/v1/exports/x/links", "{\"url\":\"" + url + "\"}");
        Page page = show("<windrow-export export=\"x\"></windrow-export>");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"))
                .click();
        assertThat(alert(page)).hasText("The server gave an address that is none of the web.");
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.url()).isEqualTo(host.origin() + "/");
    }
}
