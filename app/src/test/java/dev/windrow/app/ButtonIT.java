package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The button on a page of another origin, in a real browser, with a real server that may be killed. */
@Tag("browser")
final class ButtonIT extends HostedButton {
    private static final String READINGS =
            "<windrow-export dataset=\"readings\" format=\"csv\" parameters='{\"sensor\":\"s-1\"}'>Export readings</windrow-export>";
    private static final String LONG = "() => document.querySelector('windrow-export').shadowRoot"
            + ".querySelector('[role=progressbar]').getAttribute('aria-valuenow') >= 2";

    /** Fetches the file, and checks it against the digest that the server tells of the only export. */
    private static void assertArrives(Page page) throws IOException {
        Download file = page.waitForDownload(() -> download(page).click());
        JsonNode told = exports().get(0).path("file");
        assertThat(file.suggestedFilename()).isEqualTo(told.path("name").asString());
        assertThat(Digests.hex(Files.readAllBytes(file.path())))
                .isEqualTo(told.path("sha256").asString());
    }

    @Test
    void leadsFromThePressToTheFile() throws IOException {
        Page page = show(READINGS);
        button(page, "Export readings").click();
        assertThat(download(page)).isVisible();

        assertThat(page.locator("windrow-export")).containsText("readings.zip");
        assertThat(page.locator("windrow-export")).containsText("25 rows");
        assertArrives(page);
        assertThat(page.evaluate("window.seen[0] + ' ' + window.seen.at(-1)")).isEqualTo("started completed");
        assertThat(exports()).hasSize(1);
        assertThat(exports().get(0).at("/parameters/sensor").asString()).isEqualTo("s-1");
    }

    @Test
    void worksAsAModuleAndByTheKeyboardAlone() throws IOException {
        host.loads(server.url(), "type=\"module\" crossorigin");
        Page page = show(READINGS);
        page.keyboard().press("Tab");
        assertThat(button(page, "Export readings")).isFocused();
        page.keyboard().press("Enter");
        // Whoever pressed by the keyboard goes on where they were.
        assertThat(download(page)).isFocused();
        Download file = page.waitForDownload(() -> page.keyboard().press("Enter"));
        assertThat(Digests.hex(Files.readAllBytes(file.path())))
                .isEqualTo(exports().get(0).at("/file/sha256").asString());
    }

    @Test
    void startsOneExportHoweverOftenItIsPressedOrSent() {
        AtomicInteger sent = new AtomicInteger();
        browser.context.route("**/api/v1/exports", route -> {
            // The start arrives; its answer is lost on the way.
            if (route.request().method().equals("POST") && sent.incrementAndGet() == 1) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        Page page = show(READINGS);
        button(page, "Export readings").dblclick();
        assertThat(download(page)).isVisible();

        assertThat(sent.get()).isEqualTo(2);
        assertThat(exports()).hasSize(1);
    }

    @Test
    void findsItsExportAfterAReloadAndInAnotherTab() throws IOException {
        // It must still run when both are there, on a machine that is busy as well.
        Page page = show(SLOW.replace("></", " parameters='{\"rows\":50000}'></"));
        button(page, "Export").click();
        page.waitForFunction(LONG);
        assertThat(progress(page)).hasAttribute("aria-label", "Progress of the export");
        assertThat(page.locator("windrow-export")).containsText("of 50,000 rows");
        page.reload();
        assertThat(progress(page)).isVisible();
        Page other = browser.page(host.origin());
        assertThat(progress(other)).isVisible();
        assertThat(button(other, "Cancel")).isVisible();

        assertThat(download(other)).isVisible(patiently());
        assertThat(download(page)).isVisible(patiently());
        assertThat(exports()).hasSize(1);
        assertArrives(page);
    }

    @Test
    void goesOnWhereTheServerWasKilledAndCameBack() throws IOException {
        Page page = show(SLOW);
        button(page, "Export").click();
        page.waitForFunction(LONG);
        server.kill();
        assertThat(page.locator("windrow-export")).containsText("Connection lost");
        server = ServingProcess.start(folder, "all", server.port, settings());

        assertThat(page.locator("windrow-export")).not().containsText("Connection lost");
        assertThat(download(page)).isVisible(patiently());
        assertThat(page.locator("windrow-export")).containsText("20,000 rows");
        assertArrives(page);
    }

    /** In the page's own time, of which two seconds pass. */
    private static void passTwoSeconds(Page page) {
        page.clock().runFor(2_000);
    }

    private Page showAtATimeOfItsOwn(String body) {
        browser.context.clock().install();
        Page page = show(body);
        page.clock().pauseAt(System.currentTimeMillis() + 3_600_000);
        return page;
    }

    @Test
    void speaksWithinTwoSecondsWhereTheServerTakesThePressAndSaysNothing() {
        Page page = showAtATimeOfItsOwn(READINGS);
        // Neither answered nor refused, as by a host that swallows what it is sent.
        browser.context.route("**/api/v1/**", route -> {});
        button(page, "Export readings").click();
        assertThat(page.locator("windrow-export [part~=start]")).hasAttribute("aria-disabled", "true");
        assertThat(page.locator("windrow-export")).not().containsText("has not answered");
        passTwoSeconds(page);
        assertThat(page.locator("windrow-export [part=status]"))
                .hasText("The server has not answered yet; still trying.");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The server has not answered yet; still trying.");
    }

    @Test
    void speaksWithinTwoSecondsWhereTheServerIsGone() {
        Page page = showAtATimeOfItsOwn(READINGS);
        browser.context.route("**/api/v1/**", route -> route.abort("connectionrefused"));
        // Its time goes on once it has asked, or nothing would be there yet for it to wake.
        page.waitForRequest(
                asked -> asked.method().equals("POST"),
                () -> button(page, "Export readings").click());
        passTwoSeconds(page);
        assertThat(page.locator("windrow-export [part=status]"))
                .hasText("The server has not answered yet; still trying.");
        // After its last try it says that it is away.
        page.waitForCondition(() -> {
            passTwoSeconds(page);
            return page.getByRole(AriaRole.ALERT).isVisible();
        });
        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText("The server can't be reached. Check the connection and try again.");
        assertThat(page.locator("windrow-export [part=status]")).isHidden();
    }

    @Test
    void speaksWithinTwoSecondsWhereTheServerFallsSilentUnderAnExport() {
        Page page = showAtATimeOfItsOwn(ENDLESS);
        button(page, "Export").click();
        assertThat(progress(page)).isVisible();
        browser.context.route("**/api/v1/**", route -> {});
        page.waitForRequest(asked -> asked.url().contains("/api/v1/exports/"), page::reload);
        passTwoSeconds(page);
        assertThat(page.locator("windrow-export")).containsText("Connection lost, trying again.");
    }

    @Test
    void pollsWhereEventsDoNotComeThrough() {
        browser.context.route("**/events", Route::abort);
        Page page = show(SLOW.replace("></", " parameters='{\"rows\":2000}'></"));
        button(page, "Export").click();
        assertThat(download(page)).isVisible();
        assertThat(page.locator("windrow-export")).not().containsText("Connection lost");
    }

    @Test
    void cancels() {
        Page page = show(ENDLESS);
        button(page, "Export").click();
        button(page, "Cancel").click();
        assertThat(page.locator("windrow-export")).containsText("Cancelled");
        assertThat(exports().get(0).path("state").asString()).isEqualTo("cancelled");

        button(page, "Try again").click();
        assertThat(progress(page)).isVisible();
        button(page, "Cancel").click();
        assertThat(button(page, "Export again")).isVisible();
    }

    @Test
    void saysInWordsWhyAnExportFailedOrWasRefused() {
        Page page = show("<windrow-export dataset=\"failing\"></windrow-export>");
        button(page, "Export").click();
        Locator alert = page.getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("The export failed: ");
        assertThat(alert).containsText(exports().get(0).at("/error/detail").asString());
        assertThat(button(page, "Try again")).isVisible();

        show("<windrow-export dataset=\"readings\" parameters='{\"floor\":999,\"x\":1}'></windrow-export>");
        Page refused = browser.context.pages().get(1);
        button(refused, "Export").click();
        assertThat(refused.getByRole(AriaRole.ALERT)).containsText("floor expected at most 120");
        assertThat(refused.getByRole(AriaRole.ALERT)).containsText("sensor");
        // Who presses it knows nothing of bodies.
        assertThat(refused.getByRole(AriaRole.ALERT)).not().containsText("/parameters");
        assertThat(button(refused, "Export")).isVisible();
    }

    @Test
    void isAsNewWhenItsExportWasDeletedElsewhere() {
        Page page = show(ENDLESS);
        button(page, "Export").click();
        page.waitForFunction(LONG);
        server.client.send("DELETE", exports().get(0).at("/links/self").asString(), "");
        assertThat(button(page, "Export")).isVisible();

        page.reload();
        assertThat(button(page, "Export")).isVisible();
    }

    @Test
    void saysBesideTheDownloadThatTheFileHasNotAllAsItWasAskedFor() {
        Page page = show("<windrow-export dataset=\"damaged\"></windrow-export>");
        button(page, "Export").click();
        assertThat(download(page)).isVisible();
        Locator hint = page.getByText("with 2 warnings", new Page.GetByTextOptions().setExact(true));
        assertThat(hint).isVisible();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The export is ready with 2 warnings");
        Locator sentences = page.locator("windrow-export li");
        assertThat(sentences.first()).isHidden();

        hint.focus();
        page.keyboard().press("Enter");

        assertThat(sentences).hasText(new String[] {
            "25 characters that UTF-8 or the format can't hold were replaced by U+FFFD, in damaged.csv.",
            "2 attachments could not be copied, since they are not there or may not be read: media/"
                    + PageSamples.HOSTILE + "1, media/" + PageSamples.HOSTILE + "3."
        });
        assertThat(sentences.first()).isVisible();
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    @Test
    void speaksTheNearestLanguage() {
        Page page = show("""
                <div lang="de-CH"><windrow-export dataset="readings" parameters='{"sensor":"s-1"}'></windrow-export></div>
                <div lang="ar" dir="rtl"><windrow-export dataset="readings" parameters='{"sensor":"s-2"}'></windrow-export></div>
                <div lang="ja"><windrow-export dataset="readings" columns="{"></windrow-export></div>
                <div lang="pt"><windrow-export dataset="readings"></windrow-export></div>
                """);
        Locator buttons = page.locator("windrow-export");
        assertThat(page.locator("windrow-export button:visible"))
                .hasText(new String[] {"Exportieren", "تصدير", "エクスポート", "Export"});
        buttons.first().locator("button:visible").click();
        assertThat(buttons.first()).containsText("25 Zeilen");
        assertThat(buttons.first()).containsText("Herunterladen");
        buttons.nth(1).locator("button:visible").click();
        assertThat(buttons.nth(1)).containsText("25 صفًا");
        page.evaluate("document.querySelectorAll('div')[1].lang = 'fr'");
        page.evaluate("document.querySelectorAll('windrow-export')[1].texts = { download: 'À moi' }");
        assertThat(buttons.nth(1)).containsText("25 lignes");
        assertThat(buttons.nth(1)).containsText("À moi");
    }

    @Test
    void namesItsControlsByWhatTheyActOn() {
        Page page = show(ENDLESS.replace("></", " label=\"Slow rows of &lt;Ann>\"></"));
        button(page, "Export").click();
        assertThat(progress(page)).hasAttribute("aria-label", "Progress of the export: Slow rows of <Ann>");
        button(page, "Cancel: Slow rows of <Ann>").click();
        assertThat(button(page, "Try again: Slow rows of <Ann>")).isVisible();
        page.evaluate("document.querySelector('windrow-export').label = null");
        assertThat(button(page, "Try again")).isVisible();
    }

    @Test
    void takesTextOfItsAttributesAsText() {
        Page page = show("<windrow-export dataset=\"hostile\" parameters='{\"text\":\"&lt;b>\"}' "
                + "file-name='&lt;img src=x onerror=\"window.hacked=1\">'></windrow-export>");
        button(page, "Export").click();
        assertThat(download(page)).isVisible();
        assertThat(page.locator("windrow-export")).containsText("img src=x onerror=");
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(120_000);
    }
}
