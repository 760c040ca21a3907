package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exports page in each of its languages, in a real browser: in whichever direction, on a phone, at twice the size,
 * in the colours of an operating system, for whoever looks elsewhere meanwhile.
 */
@Tag("browser")
final class EverybodysPageIT extends ServedPage {
    private static final String READINGS = "{\"dataset\":\"readings\",\"parameters\":{\"sensor\":\"s-1\"}%s}";
    private static final int PHONE = 360;

    /** A window of 1280 at 200 %. */
    private static final int AT_TWICE_THE_SIZE = 640;

    /** What nobody translated shows as the name of a text, or as a place in it. */
    private static final Pattern UNTRANSLATED =
            Pattern.compile("\\b(page|form|card|list|filters|many|me|fields|choices|operations|told)\\.[a-z]|\\{\\w+}");

    @BeforeAll
    static void serve() {
        serve(PageSamples.make(folder));
        String longName = "a-name-without-a-place-to-break-it-".repeat(5);
        window.client.complete(READINGS.formatted(",\"fileName\":\"" + longName + "\""));
        window.client.complete("{\"dataset\":\"damaged\"}");
        window.client.awaitState(window.client.start("{\"dataset\":\"failing\"}"), "failed");
    }

    /** What would go on when the server is stopped. */
    @AfterEach
    void delete() {
        close();
        window.client.deleteExports("limit=200&dataset=slow");
    }

    private Page page(String locale, int width) {
        browser = Browser.open(width, 900, locale);
        return page();
    }

    private static void assertNothingIsSideways(Page page, String what) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(what)
                .isEqualTo(page.viewportSize().width);
    }

    private static void assertTranslated(Page page) {
        assertThat(page.locator("body").innerText()).doesNotContainPattern(UNTRANSLATED);
        assertThat(page.locator("body").ariaSnapshot()).doesNotContainPattern(UNTRANSLATED);
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, ltr, New export, Download: Damaged rows",
        "de-CH, ltr, Neuer Export, Herunterladen: Damaged rows",
        "fr-CA, ltr, Nouvel export, Télécharger.: Damaged rows",
        "es-MX, ltr, Nueva exportación, Descargar: Damaged rows",
        "ja-JP, ltr, 新しいエクスポート, ダウンロード: Damaged rows",
        "ar-EG, rtl, تصدير جديد, تنزيل: .?Damaged rows"
    })
    void isInTheLanguageOfItsReaderInEachOfItsStates(String locale, String direction, String title, String download) {
        window.client.start("{\"dataset\":\"slow\",\"parameters\":{\"rows\":400000}}");
        Page page = page(locale, PHONE);
        assertThat(page.locator("html")).hasAttribute("lang", locale);
        assertThat(page.locator("html")).hasAttribute("dir", direction);
        assertThat(page.locator("#language")).hasValue(locale.substring(0, 2));
        assertThat(page.locator("h1")).hasText(title);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        // Of which of them it is the download, for whoever hears it alone.
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(download))))
                .hasCount(1);

        page.locator("#form [type=submit]").click();
        assertThat(page.locator("#parameter-sensor-fault")).not().isEmpty();
        page.locator("#parameter-sensor").fill("s-1");
        page.locator("#form .secondary").first().click();
        assertThat(page.locator(".preview tbody tr")).hasCount(10);
        page.locator("summary").all().forEach(Locator::click);
        page.locator("[data-state=failed] .actions button").last().click();
        assertNothingIsSideways(page, "all that opens");
        assertTranslated(page);
        Axe.check(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(AT_TWICE_THE_SIZE, 450);
        assertNothingIsSideways(page, "at twice the size");
        Axe.check(page);

        page.setViewportSize(PHONE, 900);
        page.locator("#to-operations").click();
        assertThat(page.locator("[data-worker]")).hasCount(1);
        assertNothingIsSideways(page, "operations");
        assertTranslated(page);
        Axe.check(page);
    }

    @ParameterizedTest
    @CsvSource({"de-DE, Dieser Server verlangt einen Schlüssel", "ar-EG, يطلب هذا الخادم مفتاحًا"})
    void asksForAKeyInTheLanguageOfItsReader(String locale, String title) {
        browser = Browser.open(PHONE, 900, locale);
        browser.context.route(
                "**/api/v1/**",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(401)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"type\":\"/problems/not-authenticated\",\"title\":\"Who are you?\",\"status\":401}")));
        Page page = page();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertThat(page.locator("#key-title")).hasText(title);
        assertNothingIsSideways(page, "the dialog");
        Axe.check(page);
    }

    @Test
    void keepsTheLanguageThatWasChosen() {
        Page page = page("pt-BR", 1280);
        // Of none of its languages: English, with English dates.
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        page.locator("#language").selectOption("de");
        assertThat(page.locator("h1")).hasText("Neuer Export");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.locator("[data-state=completed] .badge").first()).hasText("fertig");
        // A tab that is opened later too, and its title.
        Page other = page();
        assertThat(other).hasTitle("Exporte · Windrow");
        assertThat(other.locator("#language")).hasValue("de");
    }

    @Test
    void saysWhatToDoWhereItsTextsDoNotArrive() {
        browser = Browser.open(1280, 900, "fr-FR");
        browser.context.route("**/fr.js", Route::abort);
        Page page = page();
        assertThat(page.getByText("This page did not come whole. Please load it again."))
                .isVisible();
        assertThat(browser.takeErrors()).isNotEmpty().allMatch(error -> error.contains("fr.js"));
        browser.context.unrouteAll();
        page.reload();
        assertThat(page.locator("h1")).hasText("Nouvel export");
    }

    @Test
    void saysByItselfWhatAProblemIsThatItKnows() {
        browser = Browser.open(1280, 900, "fr-FR");
        browser.context.route(
                "**/api/v1/exports?*",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(429)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"type\":\"/problems/rate-limited\",\"title\":\"Too many requests\",\"status\":429}")));
        Page page = page();
        assertThat(page.locator("#trouble")).hasText("Trop de requêtes. Réessayez dans une minute.");
    }

    @Test
    void keepsWhatIsChosenApartInTheColoursOfTheSystem() {
        Page page = page("en-GB", 1280);
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        Locator formats = page.locator(".formats").first().locator("span");
        assertThat(formats).hasCount(2);
        String background = "one => getComputedStyle(one).backgroundColor";
        assertThat(formats.first().evaluate(background))
                .isNotEqualTo(formats.last().evaluate(background));
        assertThat(page.locator(".mark").evaluate("one => getComputedStyle(one).backgroundImage"))
                .asString()
                .contains("gradient");
        // The rows of hay are in the colour of the text, whichever that is.
        assertThat(page.locator(".mark").evaluate("one => getComputedStyle(one).forcedColorAdjust"))
                .isEqualTo("none");
        Axe.check(page);
    }

    @Test
    void movesNothingForWhoeverAskedForThat() {
        // The browser of the tests has asked for it.
        Page page = page("en-GB", 1280);
        window.client.start("{\"dataset\":\"slow\",\"parameters\":{\"rows\":400000}}");
        assertThat(page.locator("#toast")).hasCSS("transition-duration", "0s");
        page.reload();
        Locator bar = page.locator("windrow-export .bar:visible").first();
        assertThat(bar).isVisible();
        assertThat(bar).hasCSS("transition-duration", "0s");
        assertThat(bar).hasCSS("animation-name", "none");
    }

    /** What the browser is told to notify of, which a test can't see on a screen, and how often it is asked. */
    private static final String HEARS = """
            Object.defineProperty(document, "hidden", { get: () => window.away === true, configurable: true });
            window.told = [];
            window.asked = 0;
            const Real = window.Notification;
            window.Notification = class extends Real {
              constructor(title, options) {
                super(title, options);
                window.told.push({ title, tag: options.tag, body: options.body });
              }
              static requestPermission() {
                window.asked++;
                return Real.requestPermission();
              }
            };
            """;

    private static void leave(Page page) {
        page.evaluate("window.away = true; document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void tellsWhoeverAskedForItThatAnExportIsReady() {
        browser = Browser.open();
        browser.context.grantPermissions(List.of("notifications"));
        browser.context.addInitScript(HEARS);
        Page page = page();
        assertThat(page.locator(".card")).hasCount(3);
        Locator tell = page.locator("#tell");
        assertThat(tell).isHidden();
        // Both take some seconds on any machine, in which the pages have to come up.
        String seen = window.client.start("{\"dataset\":\"slow\",\"parameters\":{\"rows\":30000}}");
        page.reload();
        assertThat(page).hasTitle(Pattern.compile("^\\d+% · Exports · Windrow$"));
        assertThat(page.evaluate("window.asked")).isEqualTo(0);
        assertThat(tell).hasText("Tell me when it is ready");
        assertThat(tell).hasAttribute("aria-pressed", "false");
        tell.click();
        assertThat(tell).hasAttribute("aria-pressed", "true");
        assertThat(page.evaluate("window.asked")).isEqualTo(1);
        // In sight there is nothing to tell.
        window.client.awaitState(seen, "completed");
        assertThat(page).hasTitle("Exports · Windrow");
        assertThat(page.evaluate("window.told.length")).isEqualTo(0);

        String unseen = window.client.start("{\"dataset\":\"slow\",\"parameters\":{\"rows\":30000}}");
        page.reload();
        Page other = page();
        for (Page tab : List.of(page, other)) {
            assertThat(tab.getByRole(AriaRole.PROGRESSBAR)).isVisible();
            leave(tab);
        }
        window.client.awaitState(unseen, "completed");
        for (Page tab : List.of(page, other)) {
            tab.waitForCondition(() -> tab.evaluate("window.told.length > 0").equals(true));
            assertThat(tab.evaluate("window.told.length")).isEqualTo(1);
            assertThat((String) tab.evaluate("window.told[0].title")).matches("Slow rows, .+ is ready");
            assertThat((String) tab.evaluate("window.told[0].body")).contains("slow.zip", "30,000 rows");
        }
        // By one tag the browser shows one.
        assertThat(page.evaluate("window.told[0].tag")).isEqualTo(other.evaluate("window.told[0].tag"));
        page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))");
        tell.click();
        assertThat(tell).isHidden();
    }

    @Test
    void saysHowToMendItWhereTheBrowserMayNotTell() {
        browser = Browser.open();
        browser.context.addInitScript("Notification.requestPermission = async () => 'denied';");
        window.client.start("{\"dataset\":\"slow\",\"parameters\":{\"rows\":400000}}");
        Page page = page();
        page.locator("#tell").click();
        assertThat(page.locator("#toast")).containsText("Allow them in its settings for this site.");
        assertThat(page.locator("#tell")).hasAttribute("aria-pressed", "false");
    }
}
