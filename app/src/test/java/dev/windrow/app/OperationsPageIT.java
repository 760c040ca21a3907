package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.windrow.testkit.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an administrator is shown of everything, and an owner of who was told, in a real browser. */
@Tag("browser")
final class OperationsPageIT extends KeyedPage {
    private static final String READINGS =
            "{\"dataset\":\"readings\",\"parameters\":{\"sensor\":\"s-1\"},\"notify\":{\"webhook\":\"billing\"}}";
    private static final int PHONE = 360;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Receiver billing;

    @BeforeAll
    static void serve() throws IOException {
        billing = Receiver.answering(410);
        Path keys = Files.writeString(
                folder.resolve("keys.yaml"), keys("hostile, principal: " + hostile() + ", roles: [export]"));
        serve(
                PageSamples.make(folder),
                "--windrow.security.mode=api-keys",
                "--windrow.security.keys-file=" + keys,
                "--windrow.webhooks.billing.url=" + billing.url(),
                "--windrow.webhooks.inside=billing",
                "--windrow.limits.active-per-caller=100",
                "--windrow.worker.concurrency=1");
    }

    @AfterAll
    static void stopBilling() {
        if (billing != null) {
            billing.close();
        }
    }

    @BeforeEach
    void open() {
        billing.now(Receiver.status(410));
        browser = Browser.open();
    }

    /** What would go on when the server is stopped. */
    @AfterEach
    void delete() {
        close();
        deleteExports();
    }

    /** An export whose message was given up. */
    private static String giveUp(String key) {
        String export = start(key, READINGS);
        window.client.awaitState(export, "completed", bearer(key));
        await().atMost(PATIENCE)
                .until(() -> deliveries(export, key)
                        .path(0)
                        .path("state")
                        .asString("")
                        .equals("given-up"));
        return export;
    }

    private static JsonNode deliveries(String export, String key) {
        return window.client.get(export + "/deliveries", bearer(key)).json().path("items");
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator view(Page page) {
        return page.locator("#operations");
    }

    @Test
    void showsWorkersAndTheirCurrentExportAndHowAllStands() {
        String running = start("shop", SLOW);
        window.client.awaitState(running, "running", bearer("shop"));
        start("shop", SLOW);
        // A clock that is a day ahead, as some are, says nothing of workers.
        browser.context.addInitScript("const right = Date.now; Date.now = () => right() + 86_400_000;");
        Page page = page("chief");

        link(page, "Operations").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#operations h1")).isFocused();
        assertThat(page.locator("#exports")).isHidden();
        Locator worker = page.locator("[data-worker]");
        assertThat(worker.locator(".badge")).hasText("present");
        assertThat(worker).containsText("1 of 1 export at once");
        String id = running.substring(running.lastIndexOf('/') + 1);
        Locator run = worker.locator("[data-export='" + id + "']");
        assertThat(run).containsText("slow of shop");
        assertThat(run).not().containsText("not heard of");
        Locator figures = page.locator(".figures div");
        assertThat(figures.first()).containsText("1");
        assertThat(figures.nth(1)).hasText("Exports that run1");
        assertThat(figures.filter(new Locator.FilterOptions().setHasText("disk")))
                .containsText("GB");
        assertThat(page.locator("[data-source=rows] .badge")).hasText("answers");

        run.getByRole(AriaRole.LINK).click();
        assertThat(page.locator(".card")).hasCount(1);
        assertThat(page.locator("#filters [name=state]")).hasValue("running");
        assertThat(view(page)).isHidden();
    }

    @Test
    void showsWhatWasGivenUpWithItsReasonAndSendsItAgain() {
        String export = giveUp("shop");
        Page page = page("chief", "#operations");
        Locator message = view(page).locator("[data-delivery]");
        assertThat(message).containsText("Webhook billing");
        assertThat(message.locator(".badge")).hasText("given up");
        assertThat(message.locator(".reason")).containsText("answered 410");
        assertThat(message).containsText("readings of shop");
        billing.now(Receiver.status(204));

        button(page, "Send again: Webhook billing · readings · .+").focus();
        page.keyboard().press("Enter");

        assertThat(view(page)).containsText("No message was given up.");
        await().atMost(PATIENCE)
                .until(() -> deliveries(export, "shop")
                        .path(0)
                        .path("state")
                        .asString()
                        .equals("done"));
        assertThat(page.locator(".figures div").last()).hasText("Messages given up0");
    }

    @Test
    void showsAnOwnerWhoWasToldAndSendsThatAgain() {
        giveUp("shop");
        Page page = page("shop");
        page.locator(".card").getByText("Details").click();
        Locator message = page.locator(".card [data-delivery]");
        assertThat(message).containsText("Webhook billing");
        assertThat(message.locator(".reason")).containsText("answered 410");
        message.getByText("One try").click();
        assertThat(message.locator(".tries li")).containsText("failed: answered 410");
        billing.now(Receiver.status(204));

        message.getByRole(AriaRole.BUTTON).click();

        assertThat(message.locator(".badge")).hasText("arrived");
        assertThat(message.locator("summary")).hasText("2 tries");
        assertThat(message.locator(".reason")).hasCount(0);
    }

    @Test
    void sendsNothingAgainForWhoMayOnlyRead() {
        giveUp("shop");
        Page page = page("shop-reads");
        page.locator(".card").getByText("Details").click();
        assertThat(page.locator(".card .reason")).containsText("answered 410");
        assertThat(page.locator(".card [data-delivery] button")).hasCount(0);
    }

    @Test
    void isForAdministratorsAlone() {
        List<String> asked = new ArrayList<>();
        browser.context.onRequest(request -> asked.add(request.url()));
        for (String key : List.of("shop", "shop-reads", "counter")) {
            Page page = page(key, "#operations");
            assertThat(link(page, "Operations")).isHidden();
            assertThat(view(page)).isHidden();
            assertThat(view(page)).isEmpty();
            page.close();
        }
        assertThat(asked).noneMatch(url -> url.contains("operations.js") || url.contains("/api/v1/operations"));

        start("shop", SLOW);
        Page page = page("chief", "#operations");
        assertThat(page.locator("[data-export]")).hasCount(1);
        button(page, "Forget my key").click();
        assertThat(page.getByLabel("API key")).isVisible();
        assertThat(view(page)).isEmpty();
        page.getByLabel("API key").fill("shop");
        button(page, "Continue").click();
        assertThat(page.locator("#who")).containsText("shop");
        assertThat(view(page)).isEmpty();
        assertThat(page.locator("#exports")).isVisible();
    }

    @Test
    void takesHostileNamesForText() {
        giveUp("hostile");
        send("hostile", "POST", "/api/v1/schedules", """
                {"name":"nightly","cron":"0 0 3 * * *","zone":"Europe/Berlin","start":{"dataset":"hostile"}}""");
        start("hostile", SLOW);
        Page page = page("chief", "#operations");
        assertThat(page.locator("[data-export]")).containsText(PageSamples.HOSTILE);
        assertThat(page.locator("[data-delivery]")).containsText(PageSamples.HOSTILE);
        assertThat(page.locator("[data-schedule=nightly]")).containsText(PageSamples.HOSTILE);
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(view(page).locator("img")).hasCount(0);
        send("hostile", "DELETE", "/api/v1/schedules/nightly", "");
    }

    @Test
    void fitsAPhoneAndGivesAxeNothingToFind() {
        giveUp("shop");
        giveUp("shop");
        window.client.awaitState(start("shop", "{\"dataset\":\"failing\"}"), "failed", bearer("shop"));
        send("shop", "POST", "/api/v1/schedules", """
                {"name":"nightly","cron":"0 0 3 * * *","zone":"Europe/Berlin","start":{"dataset":"readings","parameters":{"sensor":"s-1"}}}""");
        start("shop", SLOW);
        Page page = page("chief");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(1280, PHONE)) {
                page.setViewportSize(width, 900);
                link(page, "Operations").click();
                assertThat(page.locator("[data-export]")).hasCount(1);
                assertThat(view(page).locator("[data-delivery]")).hasCount(2);
                assertThat(page.locator("[data-source=rows]")).containsText("Last error: query failed");
                assertThat(page.locator("#operations [data-schedule=nightly]")).containsText("of shop");
                view(page).locator("summary").first().click();
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(width);
                shoot(page, "operations-" + scheme + "-" + width);
                Axe.check(page);

                link(page, "Exports").click();
                page.locator(".card").last().getByText("Details").click();
                assertThat(page.locator(".card [data-delivery]").first()).isVisible();
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(width);
                shoot(page, "told-" + scheme + "-" + width);
                Axe.check(page);
                page.locator(".card").last().getByText("Details").click();
            }
        }
        send("shop", "DELETE", "/api/v1/schedules/nightly", "");
    }

    /** For people to look at. */
    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots").resolve(name.toLowerCase(Locale.ROOT) + ".png")));
    }
}
