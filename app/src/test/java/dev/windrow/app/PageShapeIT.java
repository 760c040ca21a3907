package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays readable and in reach on the page where names are long, fields many and starts refused. */
@Tag("browser")
final class PageShapeIT extends ServedPage {
    private static final String LONG =
            "Visits to every place of the year, by day, with who came and how long they stayed";
    private static final String CATALOG = """
            sources:
              rows: { url: "jdbc:sqlite:rows.db" }
            datasets:
              visits:
                title: %s
                source: rows
                formats: [csv]
                parameters:
                  since: { type: date, default: today-30d, title: From day }
                  until: { type: date, title: Before day }
                  seenFrom: { type: timestamp, title: Seen from }
                  seenTo: { type: timestamp, title: Seen before }
                  one: { type: string, title: One }
                  two: { type: string, title: Two }
                  place:
                    type: string
                    title: Place
                    values: { query: "select n, 'place ' || n from r where 'place ' || n like :q order by n" }
                files:
                  - name: visits
                    query: >
                      select n from r where :since < :until and (:seenFrom is null or 1) and (:seenTo is null or 1)
                      and (:one is null or 1) and (:two is null or 1) and (:place is null or 1)
                    key: [n]
              wide:
                title: Wide
                source: rows
                formats: [csv]
                files:
                  - { name: wide, query: "select n, COLUMNS from r", key: [n] }
            """;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rows.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table r(n integer primary key)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < 50) "
                    + "insert into r select n from c");
        }
        String columns =
                IntStream.range(1, 300).mapToObj(n -> "n as column_" + n).collect(Collectors.joining(", "));
        serve(Files.writeString(
                folder.resolve("catalog.yaml"), CATALOG.formatted(LONG).replace("COLUMNS", columns)));
        window.client.complete("{\"dataset\":\"visits\",\"parameters\":{\"since\":\"2026-01-01\","
                + "\"until\":\"2026-02-01\",\"one\":\"first\",\"two\":\"second\"}}");
        window.client.complete("{\"dataset\":\"wide\"}");
    }

    private Page page(String locale, int width, int height) {
        browser = Browser.open(width, height, locale);
        Page page = page();
        assertThat(page.locator(".card")).hasCount(2);
        assertThat(page.locator("#dataset")).isVisible();
        return page;
    }

    /** Answers each start so. */
    private void refuse(int status, String type, String detail) {
        browser.context.route(Pattern.compile("/api/v1/exports$"), route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/problem+json")
                        .setBody("{\"type\":\"/problems/%s\",\"title\":\"Refused\",\"status\":%d,\"detail\":\"%s\"}"
                                .formatted(type, status, detail)));
            } else {
                route.resume();
            }
        });
    }

    @Test
    void keepsWhatAnExportIsOfReadableBesideALongTitle() {
        Page page = page("en-GB", 1280, 800);
        Locator card = page.locator(".card").last();
        assertThat(card.locator("h3")).hasText(LONG);
        for (Locator chip : card.locator(".chips li").all()) {
            assertThat(chip.evaluate("one => one.scrollWidth <= one.clientWidth"))
                    .as(chip.innerText())
                    .isEqualTo(true);
        }
        // Its box stands beside its title, not above it.
        assertThat(card.locator(".pick").boundingBox().y)
                .isLessThan(card.locator("h3").boundingBox().y + 20)
                .isGreaterThan(card.locator("h3").boundingBox().y);
    }

    @Test
    void keepsTheButtonsOfALongFormInSight() {
        Page page = page("en-GB", 1280, 700);
        assertThat(page.locator("#form [type=submit]")).isInViewport();
        assertThat(page.locator("#fileName")).not().isInViewport();
        page.locator("#form [type=submit]").click();
        assertThat(page.locator(".card")).hasCount(3);
        window.client.awaitState(
                window.client
                        .get("/api/v1/exports")
                        .json()
                        .at("/items/0/links/self")
                        .asString(),
                "completed");
        window.client.send(
                "DELETE",
                window.client
                        .get("/api/v1/exports")
                        .json()
                        .at("/items/0/links/self")
                        .asString(),
                "");
    }

    @Test
    void opensTheValuesOfALateFieldInSight() {
        Page page = page("en-GB", 1280, 600);
        page.locator("#parameter-place").pressSequentially("place");
        Locator last = page.locator("#parameter-place-values [role=option]").nth(3);
        assertThat(last).isVisible();
        page.waitForFunction("""
                () => {
                  const one = document.querySelectorAll("#parameter-place-values [role=option]")[3];
                  const at = one.getBoundingClientRect();
                  return one.contains(document.elementFromPoint(at.x + 5, at.y + at.height / 2));
                }""");
    }

    @Test
    void tellsTwoPeriodsApart() {
        Page page = page("en-GB", 1280, 800);
        assertThat(page.locator("#form").ariaSnapshot()).contains("textbox \"One optional\"");
        assertThat(page.locator("fieldset.range legend"))
                .hasText(new String[] {"Period: From day – Before day", "Period: Seen from – Seen before"});
    }

    @Test
    void keepsHundredsOfColumnsFromPushingTheRestAway() {
        Page page = page("en-GB", 1280, 800);
        Locator card = page.locator(".card").first();
        card.getByText("Details").click();
        assertThat(card.locator(".names")).containsText("column_299");
        assertThat(card.locator(".names").boundingBox().height).isLessThan(150);
        Axe.check(page);
    }

    @Test
    void offersANewFileWhereOneIsNoLongerKept() {
        browser = Browser.open();
        browser.context.route(Pattern.compile("/api/v1/exports\\?.*limit=50"), route -> {
            String expired = window.client
                    .get("/api/v1/exports?limit=1")
                    .text()
                    .replace("\"completed\"", "\"expired\"")
                    .replaceAll("\"links\":\\{", "\"links\":{\"retry\":\"/x\",")
                    .replaceAll("\"nextCursor\":\"[^\"]+\"", "\"nextCursor\":null");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(expired));
        });
        Page page = page();
        assertThat(page.locator("windrow-export [part~=retry]")).hasText("Make a new one");
    }

    /** An isolate takes its direction from its first letters that stand in no isolate of its own (UAX #9). */
    @Test
    void readsWhatADefaultMeansFromTheRight() {
        Page page = page("ar-EG", 1280, 800);
        assertThat(page.locator("#parameter-since-hint")).containsText("\u2068\u200f\u2068");
        assertThat(page.locator(".quick").first()).containsText("آخر ٧ أيام");
    }

    @ParameterizedTest
    @CsvSource({
        "429, quota-exceeded, Whoever gave you access can raise the limit.",
        "403, forbidden, Whoever gave you access can mend this.",
        "404, not-found, Whoever gave you access can mend this.",
        "503, storage-full, Whoever runs this server can mend this; trying again before will not help.",
        "500, internal, Whoever runs this server can mend this; trying again before will not help.",
        "422, source-query-failed, Whoever keeps the catalog can mend this; trying again before will not help."
    })
    void saysWhoCanMendWhatAStartIsRefusedFor(int status, String type, String mend) {
        Page page = page("en-GB", 1280, 800);
        refuse(status, type, "It is refused.");
        page.locator("#form [type=submit]").click();
        assertThat(page.locator("#form .problem")).hasText("It is refused. " + mend);
        Axe.check(page);
    }

    @Test
    void speaksWithinTwoSecondsWhereTheServerTakesRequestsAndSaysNothing() {
        browser = Browser.open();
        browser.context.clock().install();
        Page page = page();
        assertThat(page.locator(".card").first()).isVisible();
        assertThat(page.locator("#dataset")).isVisible();
        // Not so far that requests which are under way are given up.
        page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + 10_000);
        browser.context.route("**/api/v1/**", route -> {});
        // It asks again every ten, once what was under way is answered.
        page.waitForCondition(() -> {
            page.clock().runFor(2_000);
            return page.locator("#trouble").innerText().equals("The server has not answered yet; still trying.");
        });
        // The page's clock goes on once it has asked, or nothing would be there yet for it to wake.
        page.waitForRequest(
                asked -> asked.method().equals("POST"),
                () -> page.locator("#form [type=submit]").click());
        page.clock().runFor(2_000);
        assertThat(page.locator("#toast")).hasText("The server has not answered yet; still trying.");
        page.waitForRequest(asked -> asked.url().endsWith("/api/v1/me"), page::reload);
        page.clock().runFor(2_000);
        assertThat(page.locator("#no-datasets")).hasText("The server has not answered yet; still trying.");
    }

    @Test
    void saysNothingMoreWhereWhoPressedCanMendIt() {
        Page page = page("en-GB", 1280, 800);
        refuse(429, "too-many-active-exports", "Cancel one, or wait for its end.");
        page.locator("#form [type=submit]").click();
        assertThat(page.locator("#form .problem")).hasText("Cancel one, or wait for its end.");
    }

    @Test
    void saysWhoCanMendItInTheLanguageOfItsReader() {
        Page page = page("de-DE", 360, 800);
        refuse(503, "storage-full", "There is not enough disk.");
        page.locator("#form [type=submit]").click();
        assertThat(page.locator("#form .problem"))
                .hasText("Auf dem Server ist kein Platz für einen weiteren Export. "
                        + "Wer diesen Server betreibt, kann das beheben; vorher hilft kein neuer Versuch.");
        assertThat(List.of(page.evaluate("document.documentElement.scrollWidth")))
                .containsExactly(360);
    }
}
