package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The exports page, where the server asks who is calling. */
@Tag("browser")
final class PageCallersIT extends KeyedPage {
    private static final String READINGS = "{\"dataset\":\"readings\",\"parameters\":{\"sensor\":\"s-1\"}}";
    private static final String GUEST = "- { name: guest, sha256: %s }\n".formatted(KeyText.sha256("guest"));
    private static final String GUEST_TOO =
            "- { name: guest-too, principal: guest, sha256: %s }\n".formatted(KeyText.sha256("guest-too"));
    private static final int PHONE = 360;

    private static Path keys;

    @BeforeAll
    static void serve() throws IOException {
        keys = Files.writeString(folder.resolve("keys.yaml"), standing() + GUEST + GUEST_TOO);
        serve(
                PageSamples.make(folder),
                "--windrow.security.mode=api-keys",
                "--windrow.security.keys-file=" + keys,
                "--windrow.limits.starts-per-minute=10000",
                "--windrow.limits.active-per-caller=100",
                "--windrow.worker.concurrency=1");
    }

    /** The name of each is its key. */
    private static String standing() {
        Instant soon = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        return keys(
                "other, roles: [export]",
                "careful, limits: { starts-per-minute: 2, active: 2, rows-per-day: 1000000, bytes-per-day: 2GB }",
                "hostile, principal: " + hostile() + ", roles: [admin], expires: " + soon);
    }

    @BeforeEach
    void open() {
        deleteExports();
        browser = Browser.open();
    }

    private static List<JsonNode> exports() {
        return window.client.exports("limit=200&owner=*", bearer("chief"));
    }

    private static JsonNode complete(String key) {
        return window.client.awaitState(start(key, READINGS), "completed", bearer(key));
    }

    private static Locator cards(Page page) {
        return page.locator(".card");
    }

    private static Locator filter(Page page, String name) {
        return page.locator("#filters [name=" + name + "]");
    }

    private static Page choose(Page page, String dataset) {
        page.locator("#dataset").selectOption(dataset);
        return page;
    }

    @Test
    void showsWhoIsSignedInAndWhatIsLeftAfterEachStart() {
        Page page = page("careful");
        assertThat(page.locator("#who")).hasText("Signed in as careful (export)");
        assertThat(page.locator("#limits li")).hasText(new String[] {
            "2 of 2 starts left this minute",
            "0 of 2 exports at once",
            "1,000,000 of 1,000,000 rows left for 24 hours",
            "2.1 GB of 2.1 GB left for 24 hours"
        });
        choose(page, "slow");
        // So that it goes on until it is cancelled.
        page.locator("#parameter-rows").fill("400000");
        button(page, "Export").click();
        assertThat(page.locator("#limits li").first()).hasText("1 of 2 starts left this minute");
        assertThat(page.locator("#limits li").nth(1)).hasText("1 of 2 exports at once");
        button(page, "Cancel").click();
        assertThat(page.locator("#limits li").nth(1)).hasText("0 of 2 exports at once");
        assertThat(page.locator("#ends")).isEmpty();
    }

    @Test
    void leavesNothingOfWhoSignsOut() {
        complete("shop");
        Page page = page("shop");
        assertThat(cards(page)).hasCount(1);
        page.locator("#parameter-sensor").fill("my own words");
        button(page, "Forget my key").click();
        assertThat(page.getByLabel("API key")).isVisible();
        assertThat(cards(page)).hasCount(0);
        assertThat(page.locator("#me")).isHidden();
        give(page, "other");
        assertThat(page.locator("#who")).containsText("other");
        assertThat(page.locator("#parameter-sensor")).hasValue("");
        assertThat(cards(page)).hasCount(0);
        assertThat(page.evaluate("Object.values(sessionStorage).join()")).isEqualTo("other");
    }

    @Test
    void takesATokenThatAHostHandsOverOutOfTheAddress() {
        complete("shop");
        Page page = browser.page(window.client.url() + "/?state=completed#token=shop");
        assertThat(page.locator("#who")).containsText("Signed in as shop");
        assertThat(page).hasURL(window.client.url() + "/?state=completed");
        assertThat(cards(page)).hasCount(1);
        page.reload();
        assertThat(cards(page)).hasCount(1);
        // The host hands over another one in the same tab.
        page.evaluate("location.hash = 'token=other'");
        assertThat(page.locator("#who")).containsText("Signed in as other");
        assertThat(cards(page)).hasCount(0);
        assertThat(page).hasURL(window.client.url() + "/?state=completed");
        page.evaluate("location.hash = 'token=' + encodeURIComponent('a\\nb')");
        assertThat(page).hasURL(window.client.url() + "/?state=completed");
        assertThat(page.evaluate("Object.values(sessionStorage).join()")).isEqualTo("other");
    }

    @Test
    void takesAnEndedTokenForNoneAndANewOneForItsAnswer() {
        Page page = browser.page(window.client.url() + "/#token=ended");
        assertThat(page.locator("#key-fault")).hasText("The credentials are unknown.");
        page.evaluate("location.hash = 'token=shop'");
        assertThat(page.locator("#who")).containsText("Signed in as shop");
        assertThat(page.getByLabel("API key")).isHidden();
    }

    @Test
    void showsAnAdministratorEverybodysExportsAndFiltersThem() {
        complete("shop");
        window.client.awaitState(start("other", "{\"dataset\":\"failing\"}"), "failed", bearer("other"));
        Page page = page("chief");
        assertThat(cards(page)).hasCount(2);
        assertThat(page.locator(".owner")).hasText(new String[] {"of other", "of shop"});
        assertThat(page.locator("#total")).hasText("2 exports");
        page.getByText("More filters").click();
        Locator owner = filter(page, "owner");
        owner.fill("shop");
        owner.press("Enter");
        assertThat(page.locator(".owner")).hasText(new String[] {"of shop"});
        assertThat(page.locator("#total")).hasText("1 export fit");
        page.reload();
        assertThat(page.locator(".owner")).hasText(new String[] {"of shop"});
        filter(page, "owner").fill("");
        filter(page, "q").fill("FAIL");
        filter(page, "q").press("Enter");
        assertThat(page.locator(".owner")).hasText(new String[] {"of other"});
        filter(page, "q").fill("");
        filter(page, "since").fill("2999-01-01T00:00");
        filter(page, "since").press("Enter");
        assertThat(page.getByText("No export fits these filters.")).isVisible();
        filter(page, "since").fill("2001-01-01T00:00");
        filter(page, "until").fill("2999-01-01T00:00");
        filter(page, "until").press("Enter");
        assertThat(cards(page)).hasCount(2);
    }

    @Test
    void showsNobodyElseWhatOthersHave() {
        complete("shop");
        complete("other");
        Page page = browser.page(window.client.url() + "/?owner=other#token=shop");
        assertThat(cards(page)).hasCount(1);
        assertThat(page.locator(".owner")).hasCount(0);
        assertThat(page.locator("#owner-filter")).isHidden();
        assertThat(page.locator("#many")).isVisible();
        assertThat(page.locator("#queue")).isHidden();
        assertThat(exports()).hasSize(2);
    }

    @Test
    void cancelsAndRetriesMany() {
        complete("chief");
        for (int i = 0; i < 5; i++) {
            start("shop", SLOW);
        }
        Page page = page("chief");
        assertThat(cards(page)).hasCount(6);
        assertThat(button(page, "Cancel selected")).isDisabled();
        page.getByLabel("Select all shown").check();
        assertThat(page.locator("#picked")).hasText("6 selected");
        assertThat(button(page, "Retry selected")).isDisabled();
        button(page, "Cancel selected").click();
        assertThat(button(page, "Keep as they are")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Cancel selected")).isFocused();
        button(page, "Cancel selected").click();
        button(page, "Stop them").click();
        assertThat(page.locator("#outcome")).hasText("5 cancelled");
        assertThat(page.locator(".card[data-state=cancelled]")).hasCount(5);
        page.locator(".card[data-state=cancelled] .pick").first().check();
        page.locator(".card[data-state=cancelled] .pick").last().check();
        button(page, "Retry selected").click();
        button(page, "Run them again").click();
        assertThat(page.locator("#outcome")).hasText("2 started again");
        assertThat(page.locator(".card[data-state=cancelled]")).hasCount(3);
    }

    @Test
    void tellsWhichOfManyWereRefused() {
        String one = start("shop", SLOW);
        String other = start("shop", SLOW);
        Page page = page("chief");
        page.getByLabel("Select all shown").check();
        button(page, "Cancel selected").click();
        browser.context.route("**" + other + "/cancel", route -> {
            // Deleted by its owner meanwhile.
            send("shop", "DELETE", other, "");
            route.resume();
        });
        button(page, "Stop them").click();
        assertThat(page.locator("#outcome")).containsText("1 cancelled, 1 not: ");
        assertThat(cards(page)).hasCount(1);
        window.client.awaitState(one, "cancelled", bearer("shop"));
    }

    @Test
    void countsTheQueueAndSaysWhatAnExportWaitsFor() {
        window.client.awaitState(start("shop", SLOW), "running", bearer("shop"));
        start("shop", SLOW);
        start("shop", SLOW);
        Page page = page("chief");
        assertThat(page.locator("#queue")).containsText("2 waiting, the oldest since ");
        assertThat(page.locator("#queue")).containsText("1 running");
        assertThat(cards(page).nth(1)).containsText("Next in the queue · waits for a free worker");
        assertThat(cards(page).first()).containsText("Number 2 in the queue");
    }

    @Test
    void saysUntilWhenAnExportWaits() {
        Page page = page("shop");
        String said = (String) page.evaluate("""
                (() => {
                  const words = new (customElements.get("windrow-export").Words)("en", {});
                  const until = "2026-01-31T12:00:00Z";
                  const error = { detail: "No disk." };
                  return [
                    ["back-off", until, error], ["space", until, error], ["source", until, error],
                    ["active-limit", null, null], ["turn", null, null], ["to come", null, null],
                  ].map(([cause, until, error]) => words.parts(
                    { state: "queued", error, progress: { queuePosition: null, waiting: { for: cause, until } } }
                  ).join(" · ")).join("\\n");
                })()""");
        assertThat(said.replace('\u202f', ' ').lines())
                .containsExactly(
                        "Waiting to try again: No disk. · tries again at 1:00:00 PM",
                        "Waiting for space on the server's disk · tries again at 1:00:00 PM",
                        "Waiting for the database · tries again at 1:00:00 PM",
                        "Waiting until another of your exports has ended",
                        "Waiting to start",
                        "Waiting to start");
    }

    @Test
    void offersAReaderTheFilesAndNothingElse() throws IOException {
        JsonNode done = complete("shop");
        start("shop", SLOW);
        Page page = page("shop-reads");
        assertThat(page.locator("#who")).hasText("Signed in as shop by the key shop-reads (read)");
        assertThat(cards(page)).hasCount(2);
        assertThat(page.locator("#new")).isHidden();
        for (String name : List.of("Cancel", "Delete", "Copy link", "Try again", "Export")) {
            assertThat(button(page, name).locator("visible=true")).hasCount(0);
        }
        Download file = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"))
                        .click());
        assertThat(file.suggestedFilename()).isEqualTo(done.at("/file/name").asString());
        assertThat(Digests.hex(Files.readAllBytes(file.path())))
                .isEqualTo(done.at("/file/sha256").asString());
    }

    @Test
    void tellsWhoMayDoNothingHere() {
        Page page = page("counter");
        assertThat(page.locator("#nothing")).containsText("neither makes nor shows exports");
        assertThat(page.locator("#new")).isHidden();
        assertThat(page.locator("#exports")).isHidden();
    }

    @Test
    void asksAgainWhereAKeyIsTakenAwayAndGoesOnForTheSameCallerAlone() throws IOException {
        Page page = choose(page("guest"), "slow");
        page.locator("#parameter-rows").fill("77");
        replaceKeys(standing() + GUEST_TOO, "guest");
        button(page, "Export").click();
        assertThat(page.locator("#key-fault")).hasText("The credentials are unknown.");
        give(page, "guest-too");
        assertThat(cards(page)).hasCount(1);
        assertThat(exports()).hasSize(1);
        assertThat(page.locator("#parameter-rows")).hasValue("77");

        replaceKeys(standing(), "guest-too");
        button(page, "Export").click();
        give(page, "shop");
        assertThat(page.locator("#who")).containsText("Signed in as shop");
        assertThat(page.locator("#parameter-sensor")).isVisible();
        assertThat(cards(page)).hasCount(0);
        assertThat(exports()).hasSize(1);
    }

    private static void replaceKeys(String all, String gone) throws IOException {
        Path edited = Files.writeString(folder.resolve("keys.new"), all);
        Files.move(edited, keys, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> window.client.get("/api/v1/me", bearer(gone)).status() == 401);
    }

    @Test
    void takesNamesOfCallersForTextAndFitsAPhone() {
        browser.close();
        browser = Browser.open(PHONE, 640);
        complete("hostile");
        complete("shop");
        start("shop", SLOW);
        Page page = page("hostile");
        assertThat(cards(page)).hasCount(3);
        assertThat(page.locator("#who strong")).hasText(PageSamples.HOSTILE);
        assertThat(page.locator("#ends")).containsText("ends ");
        assertThat(page.locator(".owner").last()).hasText("of " + PageSamples.HOSTILE);
        page.getByLabel("Select all shown").check();
        assertThat(page.locator("#queue")).isVisible();
        page.locator("summary").all().forEach(Locator::click);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
        button(page, "Cancel selected").click();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("body img").count()).isZero();
    }
}
