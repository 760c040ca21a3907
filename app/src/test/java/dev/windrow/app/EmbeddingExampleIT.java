package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A host application that mints for its own users: who gets what, and what becomes of an export over all that. */
@Tag("browser")
final class EmbeddingExampleIT extends EmbeddedOrders {
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

    /** Its script comes from another server than the page's own, and may be there long before. */
    @Test
    void canNotBePressedBeforeThePageGivesTokens() {
        List<Route> held = new ArrayList<>();
        browser.context.route("**/exports.js", held::add);
        Page page = browser.page(host.origin());
        page.waitForResponse("**/windrow.js", () -> page.getByText(ANN).dispatchEvent("click"))
                .finished();
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(page.evaluate("() => customElements.get('windrow-export') === undefined"))
                .isEqualTo(true);

        held.forEach(Route::resume);
        exporting(page).click();
        page.waitForFunction(BEGUN);
        cancel(page);
    }

    @Test
    void startsNothingForAnotherShop() {
        Page page = signIn(host, ANN);
        String token = token(page);
        int before = exports(token).size();
        page.evaluate("() => { document.querySelector('windrow-export').parameters = { shop: 8 }; }");
        exporting(page).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("shop is locked to another value");

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
