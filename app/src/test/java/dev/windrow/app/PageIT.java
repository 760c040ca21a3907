package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The exports page in a real browser. */
@Tag("browser")
final class PageIT extends ServedPage {
    private static final String READINGS = "{\"dataset\":\"readings\",\"parameters\":{\"sensor\":\"s-1\"}}";
    private static final int PHONE = 360;

    @BeforeAll
    static void serve() {
        serve(PageSamples.make(folder));
    }

    @BeforeEach
    void open() {
        window.client.deleteExports();
        browser = Browser.open();
    }

    private static Page choose(Page page, String dataset) {
        page.locator("#dataset").selectOption(dataset);
        return page;
    }

    private static Locator cards(Page page) {
        return page.locator(".card");
    }

    @Test
    void suggestsValuesThatTheSourceHas() {
        Page page = choose(page(), "readings");
        page.locator("#parameter-place").pressSequentially("er");
        Locator options = page.locator("#parameter-place-values [role=option]");
        assertThat(options).hasCount(2);
        assertThat(options.first()).hasText("Berlin b-1");
    }

    @Test
    void leadsFromAnEmptyFormToTheFileByTheKeyboardAlone() throws IOException {
        Page page = page();
        assertThat(page.getByText("None yet.")).isVisible();
        page.locator("#dataset").focus();
        page.keyboard().press("Tab");
        assertThat(page.locator("#parameter-sensor")).isFocused();
        page.keyboard().type("s-1");
        page.keyboard().press("Enter");
        Locator download = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"));
        assertThat(download).isVisible();
        for (int i = 0;
                i < 60
                        && !download.evaluate("link => link.getRootNode().activeElement === link")
                                .equals(true);
                i++) {
            page.keyboard().press("Tab");
        }
        Download file = page.waitForDownload(() -> page.keyboard().press("Enter"));

        JsonNode told = window.client.exports().get(0).path("file");
        assertThat(Digests.hex(Files.readAllBytes(file.path())))
                .isEqualTo(told.path("sha256").asString());
        page.getByText("Details").click();
        assertThat(page.locator(".digest")).hasText(told.path("sha256").asString());
    }

    @Test
    void sendsEachKindOfParameterAsItsKind() {
        Page page = page();
        page.locator("#parameter-sensor").fill(" s-1 ");
        page.locator("#parameter-since").fill("2026-01-31");
        page.locator("#parameter-until").fill("2026-02-01T01:00");
        page.locator("#parameter-floor").fill("3.5");
        page.locator("#parameter-serial").fill("9007199254740993");
        page.locator("#parameter-quality").selectOption("good");
        page.locator("#parameter-deep").selectOption("yes");
        for (String id : List.of("3", "4")) {
            page.locator("#parameter-ids").fill(id);
            page.locator("#parameter-ids").press("Enter");
        }
        page.locator("#parameter-ids").fill(" 5 ");
        page.getByLabel("JSON", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByText("Options", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("#fileName").fill("mine");
        button(page, "Export").click();
        assertThat(cards(page)).containsText("mine.zip");

        JsonNode one = window.client.exports().get(0);
        assertThat(one.path("parameters").toString())
                .contains("\"sensor\":\" s-1 \"", "\"since\":\"2026-01-31\"", "\"until\":\"2026-02-01T00:00:00.000Z\"")
                .contains("\"floor\":3.5", "\"serial\":9007199254740993", "\"quality\":\"good\"", "\"deep\":true")
                .contains("\"ids\":[3,4,5]");
        assertThat(one.path("format").asString()).isEqualTo("json");
    }

    @Test
    void showsWhatIsWrongAtTheFieldsThatItIsWrongWith() {
        Page page = page();
        button(page, "Export").click();
        assertThat(page.locator("#parameter-sensor-fault")).hasText("is required");
        assertThat(page.locator("#parameter-sensor")).isFocused();
        page.locator("#parameter-sensor").fill("s-1");
        page.locator("#parameter-floor").fill("999");
        page.locator("#parameter-ids").fill("1");
        page.locator("#parameter-ids").press("Enter");
        page.locator("#parameter-ids").fill("x");
        button(page, "Export").click();
        assertThat(page.locator("#parameter-ids-fault")).hasText("must be a whole number");
        page.locator("#parameter-ids").fill("1");
        button(page, "Export").click();
        assertThat(page.locator("#parameter-floor-fault")).hasText("expected at most 120");
        assertThat(page.locator("#parameter-floor")).hasAttribute("aria-invalid", "true");
        page.locator("#parameter-floor").fill("");
        page.locator("#parameter-sensor").fill("s-0");
        button(page, "Export").click();
        assertThat(page.locator("#form .problem")).hasText("Sensor s-0 not found");
        assertThat(window.client.exports()).isEmpty();
    }

    @Test
    void previewsTenRowsOfTheChosenColumns() {
        Page page = page();
        page.locator("#parameter-sensor").fill("s-1");
        page.getByText("Columns", new Page.GetByTextOptions().setExact(false))
                .first()
                .click();
        page.getByLabel("value", new Page.GetByLabelOptions().setExact(true)).uncheck();
        button(page, "Preview").click();
        assertThat(page.locator(".preview tbody tr")).hasCount(10);
        assertThat(page.locator(".preview th")).hasText(new String[] {"n", "note"});
        assertThat(page.locator(".preview .size")).containsText("25 rows");
        assertThat(page.locator(".preview td").nth(1)).hasText(PageSamples.HOSTILE);
        assertThat(window.client.exports()).isEmpty();
    }

    @Test
    void takesHostileNamesAndValuesForText() {
        Page page = choose(page(), "hostile");
        assertThat(page.locator(".description")).hasText("<script>window.hacked=2</script>");
        page.locator("#parameter-text").fill("<img src=x onerror='window.hacked=4'>");
        button(page, "Preview").click();
        assertThat(page.locator(".preview tbody tr")).hasCount(10);
        button(page, "Export").click();
        assertThat(cards(page)).containsText("hostile.zip");
        assertThat(cards(page).locator("h3")).hasText(PageSamples.HOSTILE);
        assertThat(cards(page).locator(".chips")).containsText("window.hacked=4");
        page.getByText("Use it elsewhere").click();
        assertThat(page.locator("#form pre")).containsText("<windrow-export dataset='hostile'");
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("main img").count()).isZero();
    }

    @Test
    void cancelsRetriesAndDeletes() {
        Page page = choose(page(), "slow");
        button(page, "Export").click();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        button(page, "Cancel").click();
        assertThat(page.locator(".badge")).hasText("cancelled");
        button(page, "Try again").click();
        assertThat(page.locator(".badge")).hasText(Pattern.compile("waiting|running"));
        button(page, "Delete").click();
        assertThat(button(page, "Keep")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Delete")).isFocused();
        button(page, "Delete").click();
        page.locator(".question")
                .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(cards(page)).hasCount(0);
        assertThat(window.client.exports()).isEmpty();
    }

    @Test
    void listsFiltersAndTurnsPages() {
        for (int i = 0; i < 50; i++) {
            window.client.start(READINGS);
        }
        window.client.awaitState(window.client.start("{\"dataset\":\"failing\"}"), "failed");
        Page page = page();
        assertThat(cards(page)).hasCount(50);
        assertThat(cards(page).first()).containsText("The export failed: ");
        assertThat(page.locator("#total")).hasText("51 exports");
        assertThat(page.locator("#page")).hasText("Page 1 of 2");
        button(page, "Older").click();
        assertThat(cards(page)).hasCount(1);
        assertThat(page.locator("#page")).hasText("Page 2 of 2");
        assertThat(cards(page).first().locator(".pick")).isFocused();
        assertThat(button(page, "Older")).isDisabled();
        button(page, "Newer").click();
        assertThat(cards(page)).hasCount(50);
        page.locator("#filters [name=state]").selectOption("failed");
        assertThat(cards(page)).hasCount(1);
        assertThat(page.locator("#pages")).isHidden();
        page.reload();
        assertThat(cards(page)).hasCount(1);
        page.locator("#filters [name=dataset]").selectOption("slow");
        assertThat(page.getByText("No export fits these filters.")).isVisible();
    }

    @Test
    void showsTheWarningsOfAFileBesideItAndAmongItsDetails() {
        window.client.complete("{\"dataset\":\"damaged\"}");
        window.client.complete(READINGS);
        Page page = page();
        assertThat(cards(page)).hasCount(2);
        assertThat(cards(page).first()).not().containsText("warning");
        assertThat(cards(page).last()).containsText("with 2 warnings");

        cards(page).last().getByText("Details").click();

        assertThat(cards(page).last().locator("dd").first())
                .hasText("25 characters that UTF-8 or the format can't hold were replaced by U+FFFD, in damaged.csv.");
        assertThat(cards(page).last().locator("dd").nth(1)).containsText("<img src=x onerror=");
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    @Test
    void copiesALinkThatNeedsNoKey() {
        browser.context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        window.client.complete(READINGS);
        Page page = page();
        button(page, "Copy link").click();
        assertThat(page.locator("#toast")).containsText("Link copied.");
        String link = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(link).startsWith(window.client.url() + "/d/");
        assertThat(Digests.hex(window.client
                        .get(link.substring(window.client.url().length()))
                        .bytes()))
                .isEqualTo(window.client.exports().get(0).at("/file/sha256").asString());
    }

    @Test
    void asksForAKeyWhereTheServerWantsOneAndKeepsItInTheTab() throws IOException {
        // A gate in front of the server, until it has one of its own.
        browser.context.route("**/api/v1/**", route -> {
            if ("Bearer right".equals(route.request().headers().get("authorization"))) {
                route.resume();
            } else {
                route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(401)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"type\":\"/problems/not-authenticated\",\"title\":\"Who are you?\",\"status\":401}"));
            }
        });
        window.client.complete(READINGS);
        Page page = page();
        page.getByLabel("API key").fill("wrong");
        button(page, "Continue").click();
        assertThat(page.getByText("The server does not know this key.")).isVisible();
        page.getByLabel("API key").fill("right");
        button(page, "Continue").click();
        assertThat(cards(page)).hasCount(1);
        page.reload();
        assertThat(cards(page)).hasCount(1);
        // A download can't carry the key, so it goes by a link.
        Download file = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"))
                        .click());
        assertThat(URI.create(file.url()).getPath()).startsWith("/d/");
        assertThat(Digests.hex(Files.readAllBytes(file.path())))
                .isEqualTo(window.client.exports().get(0).at("/file/sha256").asString());
        button(page, "Forget my key").click();
        assertThat(page.getByLabel("API key")).isVisible();
        assertThat(cards(page)).hasCount(0);
    }

    @Test
    void fitsAPhone() {
        browser.close();
        browser = Browser.open(PHONE, 640);
        String longName = "a-name-without-a-place-to-break-it-".repeat(5);
        window.client.complete(READINGS.replace("}}", "},\"fileName\":\"" + longName + "\"}"));
        window.client.awaitState(window.client.start("{\"dataset\":\"failing\"}"), "failed");
        window.client.start("{\"dataset\":\"slow\"}");
        Page page = page();
        assertThat(cards(page)).hasCount(3);
        page.locator("#parameter-sensor").fill("s-1");
        button(page, "Preview").click();
        assertThat(page.locator(".preview tbody tr")).hasCount(10);
        page.locator("summary").all().forEach(Locator::click);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "de-DE", "en-GB", "es-ES", "fr-FR", "ja-JP"})
    void loadsLittleAndAlmostNothingAgain(String locale) {
        browser.close();
        browser = Browser.open(1200, 900, locale);
        List<String> asked = new ArrayList<>();
        browser.context.onResponse(response -> {
            if (response.request().timing().requestStart >= 0 && !response.url().startsWith("data:")) {
                asked.add(response.url());
            }
        });
        Page page = page();
        assertThat(page.locator("#empty")).isVisible();
        assertThat(page.locator("#dataset")).isVisible();
        assertThat(asked).hasSizeLessThanOrEqualTo(12);
        long bytes = ((Number) page.evaluate("performance.getEntriesByType('resource')"
                        + ".concat(performance.getEntriesByType('navigation'))"
                        + ".reduce((sum, one) => sum + one.transferSize, 0)"))
                .longValue();
        assertThat(bytes).isLessThan(60_000);

        page.reload();
        assertThat(page.locator("#dataset")).isVisible();
        long again = ((Number) page.evaluate(
                        "performance.getEntriesByType('resource')" + ".filter((one) => one.transferSize > 0).length"))
                .longValue();
        // Who one is, the datasets, the exports, the schedules and the presets; the files are kept.
        assertThat(again).isLessThanOrEqualTo(5);
    }
}
