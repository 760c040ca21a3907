package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.examples.Example;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A host application that mints for its own users, its page in a real browser, and Windrow behind both. */
final class EmbeddingExampleIT {
    private static final String ANN = "Ann of shop 7";
    private static final String BOB = "Bob of shop 8";
    private static final int ROWS = 10_000;
    /** Each row costs a count of its own, so that an export takes its time on any machine. */
    private static final String SLOWLY = "iif((with recursive c(x) as (select 1 union all select x + 1 from c"
            + " where x < 10000) select count(*) from c where x <> o.id) > 0, o.item, null) as item";

    private static final Pattern NEW_KEY = Pattern.compile("^ *\\./windrow (key new [^>]+?) > ", Pattern.MULTILINE);

    private static final String BEGUN = "() => document.querySelector('windrow-export').shadowRoot"
            + ".querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') >= 2";

    @TempDir
    static Path folder;

    private static ServingProcess windrow;
    private static EmbeddingHost host;
    /** Another page that may call Windrow, whose tokens end soon. */
    private static EmbeddingHost hasty;

    private Browser browser;

    @BeforeAll
    static void serve() throws IOException {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        Example.EMBEDDING.create(folder, ROWS, made -> {});
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, Files.readString(catalog).replace("o.item", SLOWLY));
        Path key = makeKey();
        int port = Ports.free();
        int hastyPort = Ports.free();
        windrow = ServingProcess.start(
                folder,
                "all",
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + catalog,
                "--windrow.security.mode=api-keys",
                "--windrow.security.keys-file=" + folder.resolve("keys.yaml"),
                "--windrow.page.origins=" + EmbeddingHost.origin(port) + "," + EmbeddingHost.origin(hastyPort),
                "--windrow.worker.checkpoint-interval=PT0.2S");
        Path log = folder.resolve("host.log");
        host = EmbeddingHost.start(port, windrow.url(), key, "PT10M", log);
        hasty = EmbeddingHost.start(hastyPort, windrow.url(), key, "PT4S", log);
    }

    /** By the command in the README. */
    private static Path makeKey() throws IOException {
        Matcher command = NEW_KEY.matcher(Files.readString(EmbeddingHost.FOLDER.resolve("README.md")));
        assertThat(command.find()).isTrue();
        ProcessRun made = ProcessRun.windrow(folder, command.group(1).split(" "));
        assertThat(made.exit()).as(made.err()).isZero();
        Files.writeString(folder.resolve("keys.yaml"), made.err());
        return Files.writeString(folder.resolve("mint.key"), made.out());
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable one : new AutoCloseable[] {host, hasty, windrow}) {
            close(one);
        }
        if (windrow != null) {
            assertThat(Files.readString(folder.resolve("host.log"))).doesNotContain("wdr_", "Cannot");
        }
    }

    private static void close(AutoCloseable one) {
        if (one instanceof EmbeddingHost its) {
            its.close();
        } else if (one instanceof ServingProcess its) {
            its.close();
        }
    }

    @BeforeEach
    void open() {
        browser = Browser.open();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private Page signIn(EmbeddingHost at, String name) {
        Page page = browser.page(at.origin());
        press(page, name);
        assertThat(exporting(page)).isVisible();
        return page;
    }

    private static void press(Page page, String name) {
        button(page, name).click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator exporting(Page page) {
        return button(page, "Export orders");
    }

    private static Locator download(Page page) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("Download").setExact(true));
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(180_000);
    }

    /** As the page gets it, for who is signed in. */
    private static String token(Page page) {
        return String.valueOf(
                page.evaluate("async () => (await (await fetch('/windrow-token', { method: 'POST' })).json()).token"));
    }

    private static String current(Page page) {
        return String.valueOf(page.evaluate("() => document.querySelector('windrow-export').current.id"));
    }

    private static Answer get(String path, String token, String origin) {
        return windrow.client.get(path, "Authorization", "Bearer " + token, "Origin", origin);
    }

    private static Answer start(String token, String origin, String parameters) {
        return windrow.client.send(
                "POST",
                WindowClient.EXPORTS,
                "{\"dataset\":\"orders\",\"parameters\":" + parameters + "}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token,
                "Origin",
                origin);
    }

    private static List<JsonNode> exports(String token) {
        return get(WindowClient.EXPORTS, token, host.origin())
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** But for the number of the answer. */
    private static String problem(Answer answer) {
        return answer.text().replaceAll("urn:uuid:[0-9a-f-]+", "");
    }

    private static void cancel(Page page) {
        press(page, "Cancel");
        assertThat(page.locator("windrow-export")).containsText("Cancelled");
    }

    @Test
    void givesTheUserTheOwnShopsOrdersOverAReload() throws IOException {
        Page page = signIn(host, ANN);
        exporting(page).click();
        page.waitForFunction(BEGUN);
        String id = current(page);
        page.reload();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(current(page)).isEqualTo(id);
        assertThat(download(page)).isVisible(patiently());

        Download file = page.waitForDownload(() -> download(page).click());
        byte[] archive = Files.readAllBytes(file.path());
        JsonNode told =
                get(WindowClient.EXPORTS + "/" + id, token(page), host.origin()).json();
        assertThat(Digests.hex(archive)).isEqualTo(told.at("/file/sha256").asString());
        assertThat(told.at("/parameters/shop").asInt()).isEqualTo(7);
        String csv = new String(ZipText.entries(archive).get("orders.csv"), StandardCharsets.UTF_8);
        List<List<String>> lines = CsvText.lines(csv, ',', "\r\n");
        assertThat(lines).hasSize(1 + ROWS);
        assertThat(lines.stream().skip(1).map(line -> line.get(1))).containsOnly("7");
    }

    @Test
    void asksForAFreshTokenWhenOneEndsInTheMiddle() {
        AtomicInteger asked = new AtomicInteger();
        // Polling is a request each second, and each of them may be the first after the token's end.
        browser.context.route("**/events", Route::abort);
        // The page believes in each of its tokens for longer than they hold.
        browser.context.route("**/windrow-token", route -> {
            asked.incrementAndGet();
            var answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replaceAll("(\"expiresAt\":\")20", "$130")));
        });
        Page page = signIn(hasty, ANN);
        Response refused = page.waitForResponse(
                response -> response.status() == 401 && response.url().contains("/api/v1/exports/"),
                () -> exporting(page).click());
        assertThat(refused.request().headerValue("Authorization")).startsWith("Bearer ");

        assertThat(download(page)).isVisible(patiently());
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void showsNobodyElsesExport() {
        Page page = signIn(host, ANN);
        exporting(page).click();
        page.waitForFunction(BEGUN);
        String id = current(page);
        assertThat(get(WindowClient.EXPORTS + "/" + id, token(page), host.origin())
                        .status())
                .isEqualTo(200);

        Browser another = Browser.open();
        Page other = another.page(host.origin());
        press(other, BOB);
        exporting(other).waitFor();
        String token = token(other);
        String unknown = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
        Answer foreign = get(WindowClient.EXPORTS + "/" + id, token, host.origin());
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(problem(foreign))
                .isEqualTo(problem(get(WindowClient.EXPORTS + "/" + unknown, token, host.origin())));
        another.close();
        cancel(page);
    }

    @Test
    void isAsNewForTheNextUserOfTheSameBrowser() {
        Page page = signIn(host, ANN);
        exporting(page).click();
        page.waitForFunction(BEGUN);
        String id = current(page);
        String token = token(page);
        press(page, "Sign out");
        press(page, BOB);

        assertThat(exporting(page)).isVisible();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
        assertThat(exports(token(page)))
                .noneMatch(one -> one.path("id").asString().equals(id));
        windrow.client.send(
                "DELETE",
                WindowClient.EXPORTS + "/" + id,
                "",
                "Authorization",
                "Bearer " + token,
                "Origin",
                host.origin());
    }

    @Test
    void startsNothingForAnotherShop() {
        Page page = signIn(host, ANN);
        String token = token(page);
        int before = exports(token).size();
        page.evaluate("() => { document.querySelector('windrow-export').parameters = { shop: 8 }; }");
        exporting(page).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("/parameters/shop is locked to another value");

        assertThat(start(token, host.origin(), "{\"shop\":8}").status()).isEqualTo(422);
        assertThat(start(token, host.origin(), "{\"shop\":[7,8]}").status()).isEqualTo(422);
        assertThat(exports(token)).hasSize(before);
    }

    @Test
    void takesATokenOfItsOwnPageAlone() {
        Page page = signIn(host, ANN);
        String token = token(page);
        assertThat(get(WindowClient.EXPORTS, token, host.origin()).status()).isEqualTo(200);

        Page other = browser.page(hasty.origin());
        assertThat(other.evaluate(
                        "async ([url, token]) => (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status",
                        List.of(windrow.url() + WindowClient.EXPORTS, token)))
                .isEqualTo(401);
        assertThat(windrow.client
                        .get(WindowClient.EXPORTS, "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(start(token, hasty.origin(), "{}").status()).isEqualTo(401);
        assertThat(start(token, "http://127.0.0.1:1", "{}").status()).isEqualTo(403);
        assertThat(exports(token)).noneMatch(one -> one.path("state").asString().equals("queued"));
    }

    @Test
    void saysThatTheUserIsSignedOut() {
        Page page = signIn(host, ANN);
        Page other = browser.page(host.origin());
        press(other, "Sign out");
        assertThat(button(other, ANN)).isVisible();

        exporting(page).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are signed out. Sign in again");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(button(page, ANN)).isVisible();
    }

    @Test
    void givesNoTokenToOtherPagesOrNobody() {
        WindowClient client = new WindowClient(host.origin());
        assertThat(client.send("POST", "/windrow-token", "", "Origin", host.origin())
                        .status())
                .isEqualTo(401);
        assertThat(client.send("POST", "/windrow-token", "", "Origin", hasty.origin())
                        .status())
                .isEqualTo(403);
        assertThat(client.send("POST", "/windrow-token", "").status()).isEqualTo(403);
        assertThat(client.get("/windrow-token").status()).isEqualTo(404);
        assertThat(client.get("/../Host.java").status()).isEqualTo(404);
    }

    @Test
    void keepsToItselfWhyThereIsNoToken() throws IOException {
        Path unknown = Files.writeString(folder.resolve("unknown.key"), "wdr_of-nobody");
        Path log = folder.resolve("refused.log");
        try (EmbeddingHost refused = EmbeddingHost.start(Ports.free(), windrow.url(), unknown, "PT10M", log)) {
            Page page = signIn(refused, ANN);
            assertThat(page.evaluate("async () => { const answer = await fetch('/windrow-token', { method: 'POST' });"
                            + " return answer.status + ' ' + await answer.text(); }"))
                    .isEqualTo("502 There is no token now.");
        }
        assertThat(Files.readString(log))
                .contains("Windrow makes no token: 401")
                .doesNotContain("of-nobody");
    }
}
