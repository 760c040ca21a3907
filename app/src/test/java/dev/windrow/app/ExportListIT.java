package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many exports, and the files of their archives, on the page in a real browser. */
@Tag("browser")
final class ExportListIT extends ServedPage {
    private static final int MANY = 10_000;
    private static final int PICTURES = 120;
    private static final String CATALOG = """
            sources:
              rows: { url: "jdbc:sqlite:list.db" }
            datasets:
              customers:
                title: Customers
                source: rows
                formats: [xlsx, csv]
                parameters:
                  town: { type: string, title: Town }
                files:
                  - { name: customers, query: "select n from r where :town is null or 1", key: [n] }
              refused:
                title: Refused
                source: rows
                formats: [csv]
                files:
                  - { name: refused, query: "select n, json_extract(case n when 3 then '{' else '{}' end, '$.a') as a from r", key: [n] }
              pictures:
                title: Pictures
                source: rows
                formats: [csv]
                files:
                  - { name: list, query: "select n from r", key: [n] }
                  - name: media
                    attachments: { query: "select n || '.png' as path from r", root: media }
            """;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        Path media = Files.createDirectory(folder.resolve("media"));
        for (int i = 1; i <= PICTURES; i++) {
            Files.writeString(media.resolve(i + ".png"), "picture " + i);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("list.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table r(n integer primary key)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < " + PICTURES
                    + ") insert into r select n from c");
        }
        serve(folder.resolve("catalog.yaml"));
    }

    @BeforeEach
    void open() throws SQLException {
        try (Connection connection = status();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from exports where id like '01900000-%'");
        }
        window.client.deleteExports();
        browser = Browser.open();
    }

    private static Connection status() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/windrow.db") + "?busy_timeout=30000");
    }

    /** Copies of one that has failed, which came before it, a second after another. */
    private static void failedBefore(int count) throws SQLException {
        String location = window.client.start("{\"dataset\":\"refused\"}");
        window.client.awaitState(location, "failed");
        try (Connection connection = status();
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("select name from pragma_table_info('exports')")) {
                while (names.next()) {
                    columns.add(names.getString(1));
                }
            }
            String all = String.join(", ", columns);
            String copied = all.replaceAll("\\bid\\b", "printf('01900000-0000-7000-8000-%012d', n)")
                    .replaceAll(
                            "\\bcreated_at\\b", "created_at - 1000 * (:most - n)".replace(":most", "" + (count + 1)))
                    .replaceAll("\\bfile_name\\b", "'refused ' || n || '.zip'");
            try (PreparedStatement copy = connection.prepareStatement(
                    "with recursive c(n) as (select 1 union all select n + 1 from c where n < ?) insert into exports ("
                            + all + ") select " + copied + " from c, exports where state = 'failed'")) {
                copy.setInt(1, count);
                copy.executeUpdate();
            }
        }
    }

    private static Locator cards(Page page) {
        return page.locator(".card");
    }

    private static Locator picks(Page page) {
        return page.locator(".pick");
    }

    @Test
    void holdsAndAsksForAPageOfThemHoweverManyThereAre() throws SQLException {
        failedBefore(49);
        Page page = page();
        assertThat(cards(page)).hasCount(50);
        int few = elements(page);
        close();
        open();

        failedBefore(MANY - 1);
        List<String> asked = new ArrayList<>();
        browser.context.onRequest(request -> asked.add(request.url()));
        page = page();
        assertThat(page.locator("#total")).hasText("10,000 exports");
        assertThat(page.locator("#page")).hasText("Page 1 of 200");
        assertThat(cards(page)).hasCount(50);
        assertThat(elements(page)).isLessThanOrEqualTo(few + 10);
        for (int i = 2; i <= 5; i++) {
            button(page, "Older").click();
            assertThat(page.locator("#page")).hasText("Page " + i + " of 200");
        }
        assertThat(cards(page)).hasCount(50);
        assertThat(elements(page)).isLessThanOrEqualTo(few + 10);
        assertThat(asked)
                .filteredOn(url -> url.contains("/api/v1/exports?") && !url.contains("state="))
                .allMatch(url -> url.contains("limit=50"));

        page.getByRole(AriaRole.SEARCHBOX).pressSequentially("REFUSED 777.");
        assertThat(cards(page)).hasCount(1);
        assertThat(page.locator("#total")).hasText("1 export fit");
        assertThat(page).hasURL(Pattern.compile("\\?q=REFUSED\\+777\\.$"));
        page.reload();
        assertThat(cards(page)).hasCount(1);
        page.getByRole(AriaRole.SEARCHBOX).fill("%");
        assertThat(page.getByText("No export fits these filters.")).isVisible();
    }

    private static int elements(Page page) {
        return ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue();
    }

    /** Fifty take longer than ten, so a window full of them is there before the rest. */
    @Test
    void showsAWindowFullBeforeTheRest() throws SQLException {
        failedBefore(49);
        browser.context.addInitScript("""
                window.shown = [];
                new MutationObserver(() => window.shown.push(document.querySelectorAll("#list > .card").length))
                  .observe(document, { childList: true, subtree: true });""");
        Page page = page();
        assertThat(cards(page)).hasCount(50);
        assertThat(page.evaluate("window.shown"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(10, 50);
    }

    @Test
    void picksARangeByShiftAndByTheKeyboardAlone() throws SQLException {
        failedBefore(9);
        Page page = page();
        assertThat(cards(page)).hasCount(10);
        picks(page).nth(2).check();
        picks(page)
                .nth(5)
                .click(new Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(page.locator("#picked")).hasText("4 selected");
        picks(page).nth(8).focus();
        page.keyboard().press("Shift+Space");
        assertThat(page.locator("#picked")).hasText("7 selected");
        assertThat(page.locator(".pick:checked")).hasCount(7);
        Axe.check(page);
    }

    @Test
    void deletesAllThatMatchAndTellsEachThatWasRefused() throws SQLException {
        window.client.complete("{\"dataset\":\"customers\"}");
        failedBefore(259);
        // The newest are on the first page, and the others are not shown.
        Page page = page();
        assertThat(page.locator("#total")).hasText(Pattern.compile("^\\d+ exports$"));
        page.getByLabel("Select all shown").check();
        assertThat(page.locator("#picked")).hasText("50 selected");
        page.locator("#pick-match").click();
        assertThat(page.locator("#picked"))
                .hasText(page.locator("#total").textContent().replace(" exports", " selected"));
        button(page, "Delete selected").click();
        assertThat(page.locator(".many .question")).containsText("1 archive of ");
        Axe.check(page);
        assertThat(button(page, "Keep as they are")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Delete selected")).isFocused();
        browser.context.route(
                Pattern.compile("/exports/01900000-0000-7000-8000-0000000000(11|12)$"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"type\":\"/problems/unavailable\",\"title\":\"Later\",\"detail\":\"Later.\"}")));
        button(page, "Delete selected").click();
        button(page, "Delete them").click();
        assertThat(page.locator("#outcome")).containsText(", 2 not: ");
        assertThat(page.locator("#failures li")).hasCount(2);
        assertThat(page.locator("#failures li").first()).containsText("Refused");
        assertThat(cards(page)).hasCount(2);
        assertThat(window.client.get(WindowClient.EXPORTS).json().path("items")).hasSize(2);
    }

    @Test
    void offersTheOnlyFileBesideTheArchiveAndEachOfMany() throws IOException {
        window.client.complete("{\"dataset\":\"customers\"}");
        Page page = page();
        Download file =
                page.waitForDownload(() -> page.getByText("Only customers.xlsx").click());
        assertThat(file.suggestedFilename()).isEqualTo("customers.xlsx");
        // As it is in the archive: a container of its own, not packed once more.
        assertThat(Files.readAllBytes(file.path())).startsWith('P', 'K');

        window.client.complete("{\"dataset\":\"pictures\"}");
        page.reload();
        assertThat(cards(page)).hasCount(2);
        assertThat(cards(page).first().getByText("Only ")).isHidden();
        cards(page).first().getByText("Details").click();
        Locator files = cards(page).first().locator(".entries li");
        assertThat(files).hasCount(50);
        assertThat(cards(page).first().locator(".pages")).containsText("1 to 50 of 121 files");
        button(page, "More files").click();
        assertThat(cards(page).first().locator(".pages")).containsText("51 to 100 of 121 files");
        button(page, "More files").click();
        assertThat(files).hasCount(21);
        assertThat(button(page, "More files")).isHidden();
        Axe.check(page);
        String name = files.last().locator(".entry").textContent();
        Download picture = page.waitForDownload(() -> files.last()
                .getByText("Download", new Locator.GetByTextOptions().setExact(true))
                .click());
        assertThat(name).endsWith(picture.suggestedFilename());
        assertThat(Files.readString(picture.path())).startsWith("picture ");
    }

    @Test
    void saysWhoCanMendWhatNoOtherTryDoes() throws SQLException {
        failedBefore(0);
        Page page = page();
        assertThat(cards(page).first()).containsText("Whoever keeps the catalog can mend this");
        assertThat(cards(page).first().locator("[part~=retry]")).hasClass(Pattern.compile("secondary"));
    }

    @Test
    void tellsHowLongAgoAndTheExactTimeWithItsZoneOnDemand() {
        window.client.complete("{\"dataset\":\"customers\"}");
        Page page = page();
        assertThat(cards(page).first().locator("time").first()).hasText("now");
        assertThat(cards(page).first().locator("time").first()).hasAttribute("datetime", Pattern.compile(".+Z"));
        cards(page).first().getByText("Details").click();
        assertThat(cards(page).first().locator("dd time").first()).hasText(Pattern.compile(".*:\\d\\d:\\d\\d .+"));
    }

    @Test
    void fitsAPhoneAndKeepsARowLowOnADesk() throws SQLException {
        failedBefore(4);
        window.client.complete("{\"dataset\":\"customers\",\"parameters\":{\"town\":\"" + "x".repeat(200) + "\"}}");
        Page page = page();
        assertThat(cards(page)).hasCount(6);
        assertThat(cards(page).first().boundingBox().height).isLessThan(90);
        // The form stays where it is while the list goes by.
        page.evaluate("document.querySelector('main').style.minHeight = '300vh'; scrollTo(0, 600)");
        assertThat(page.locator("#new-title")).isInViewport();
        page.setViewportSize(360, 700);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        Axe.check(page);
    }
}
