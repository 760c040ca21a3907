package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Filling in the form of the exports page: choosing from lists, ranges, columns, presets, and the same again. */
@Tag("browser")
final class ChoosingIT extends ServedPage {
    private static final String CATALOG = """
            sources:
              rows: { url: "jdbc:sqlite:rows.db" }
            datasets:
              visits:
                title: Visits
                source: rows
                formats: [csv, json, xlsx]
                parameters:
                  place:
                    type: string
                    title: Place
                    example: b-1
                    values: { query: "select id, name from places where name like :q order by name" }
                  places:
                    type: string
                    list: true
                    title: Places
                    values: { query: "select id, name from places where name like :q order by name" }
                  kind: { type: string, enum: [short, long], title: Kind }
                  serial: { type: integer, title: Serial }
                  since: { type: date, default: today-30d, title: From day }
                  until: { type: date, title: Before day }
                  seenFrom: { type: timestamp, title: Seen from }
                  seenTo: { type: timestamp, title: Seen before }
                files:
                  - name: visits
                    query: >
                      select id, place, kind, day from visits
                      where (:place is null or place = :place) and (:places is null or place in (:places))
                        and (:kind is null or kind = :kind) and (:serial is null or id <> :serial) and day >= :since
                        and (:until is null or day < :until) and (:seenFrom is null or 1) and (:seenTo is null or 1)
                    key: [id]
                    columns:
                      - { name: day, title: Day of the visit }
              wide:
                title: Many columns
                source: rows
                formats: [csv]
                files:
                  - { name: wide, query: "select id, COLUMNS from visits", key: [id] }
            """;

    @BeforeAll
    static void serve() {
        serve(catalog());
    }

    private static Path catalog() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rows.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table places(id text primary key, name text)");
            statement.execute("insert into places values ('b-1', 'Berlin'), ('b-2', 'Bern'), ('c-1', 'Chur'), "
                    + "('h', '<img src=x onerror=\"window.hacked=1\">'), ('r', 'القاهرة')");
            statement.execute("create table visits(id integer primary key, place text, kind text, day text)");
            statement.execute("insert into visits values (1, 'b-1', 'short', date('now')), (2, 'c-1', 'long',"
                    + " date('now', '-3 days')), (3, 'b-2', 'long', '2020-01-01')");
            String columns =
                    IntStream.range(1, 1000).mapToObj(n -> "id as c" + n).collect(Collectors.joining(", "));
            return Files.writeString(folder.resolve("catalog.yaml"), CATALOG.replace("COLUMNS", columns));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open() {
        window.client.deleteExports();
        presets()
                .forEach(one -> window.client.send(
                        "DELETE", "/api/v1/presets/" + encoded(one.path("name").asString()), ""));
        browser = Browser.open();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<JsonNode> presets() {
        return window.client
                .get("/api/v1/presets")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    @Override
    Page page() {
        return page("");
    }

    private Page page(String state) {
        Page page = browser.page(window.client.url() + "/" + state);
        assertThat(page.locator("#dataset")).isVisible();
        return page;
    }

    private static Locator columns(Page page) {
        return page.locator("summary").filter(new Locator.FilterOptions().setHasText("Columns"));
    }

    private static Locator options(Page page) {
        return page.locator("[role=listbox]:visible [role=option]");
    }

    /** The export that a press of the button starts, once it has completed. */
    private static JsonNode export(Page page) {
        int before = window.client.exports().size();
        button(page, "Export").click();
        assertThat(page.locator(".card")).hasCount(before + 1);
        String self = window.client.exports().get(0).at("/links/self").asString();
        return window.client.awaitState(self, "completed");
    }

    @Test
    void oneValueIsChosenByTheKeyboard() {
        Page page = page();
        Locator input = page.locator("#parameter-place");
        assertThat(input).hasAttribute("placeholder", "b-1");
        input.pressSequentially("ber");
        assertThat(options(page)).hasCount(2);
        assertThat(input).hasAttribute("aria-expanded", "true");
        input.press("ArrowDown");
        input.press("ArrowDown");
        assertThat(options(page).nth(1)).hasAttribute("aria-selected", "true");
        assertThat(input).hasAttribute("aria-activedescendant", "parameter-place-value-1");
        Axe.check(page);
        input.press("Enter");
        assertThat(input).hasValue("b-2");
        assertThat(options(page)).hasCount(0);
        // Nothing was started by that.
        assertThat(page.locator(".card")).hasCount(0);
        input.press("Escape");
        JsonNode one = export(page);
        assertThat(one.at("/parameters/place").asString()).isEqualTo("b-2");
    }

    @Test
    void whatIsInNoListMayBeTyped() {
        Page page = page();
        Locator input = page.locator("#parameter-place");
        input.fill("nowhere");
        assertThat(page.getByText("No value fits. Any other may be typed.")).isAttached();
        assertThat(export(page).at("/parameters/place").asString()).isEqualTo("nowhere");
    }

    @Test
    void severalValuesAreAddedAndTakenAway() {
        Page page = page();
        Locator input = page.locator("#parameter-places");
        input.pressSequentially("b");
        options(page).filter(new Locator.FilterOptions().setHasText("Berlin")).click();
        assertThat(page.locator(".tokens li")).hasCount(1);
        input.pressSequentially("x-9");
        input.press("Enter");
        input.fill("img");
        options(page).first().click();
        assertThat(page.locator(".tokens li")).hasCount(3);
        Object hacked = page.evaluate("window.hacked ?? null");
        assertThat(hacked).isNull();
        button(page, "Remove x-9").click();
        // What was typed and not added is meant too.
        input.pressSequentially("c-1");
        assertThat(export(page).at("/parameters/places").toString()).isEqualTo("[\"b-1\",\"h\",\"c-1\"]");
    }

    @Test
    void rangesAreChosenByTheServersDays() {
        Page page = page();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Locator days = page.locator("fieldset.range").first();
        assertThat(page.locator("#parameter-since-hint")).containsText("left empty: 30 days ago");
        days.getByText("Last month").click();
        String first = today.minusMonths(1).withDayOfMonth(1).toString();
        assertThat(page.locator("#parameter-since")).hasValue(first);
        assertThat(page.locator("#parameter-until"))
                .hasValue(today.withDayOfMonth(1).toString());
        days.getByText("Last 7 days").click();
        assertThat(page.locator("#parameter-until")).hasValue("");
        page.locator("fieldset.range").nth(1).getByText("This year").click();
        JsonNode given = export(page).path("parameters");
        assertThat(given.path("since").asString()).isEqualTo(today.minusDays(6).toString());
        assertThat(given.path("seenFrom").asString()).isEqualTo(today.getYear() + "-01-01T00:00:00.000Z");
        assertThat(given.has("until")).isFalse();
    }

    @Test
    void aDefaultMovesWithTheClock() {
        JsonNode given = export(page()).path("parameters");

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(given.path("since").asString())
                .isIn(today.minusDays(30).toString(), today.minusDays(31).toString());
    }

    @Test
    void columnsAreOrderedByButtons() {
        Page page = page();
        columns(page).click();
        Locator tick = page.locator("input[name=column][value=day]");
        tick.focus();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Move up: day"))
                .press("Enter");
        assertThat(page.getByText("day is at place 3 of 4.")).isAttached();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Move to the beginning: day"))
                .press("Enter");
        assertThat(page.locator("input[name=column]").first()).hasValue("day");
        page.locator("input[name=column][value=kind]").uncheck();
        assertThat(export(page).path("columns").toString()).isEqualTo("[\"day\",\"id\",\"place\"]");
    }

    @Test
    void aThousandColumnsAreSearched() {
        Page page = page();
        page.locator("#dataset").selectOption("wide");
        columns(page).click();
        button(page, "None").click();
        page.getByLabel("Search columns").fill("c99");
        assertThat(page.locator(".ticks label:visible")).hasCount(11);
        button(page, "All").click();
        page.getByLabel("Search columns").fill("");
        assertThat(columns(page)).containsText("11 of 1,000");
        assertThat(export(page).path("columns")).hasSize(11);
    }

    @Test
    void aProfileIsChosenBeforeItsOptions() {
        Page page = page();
        page.locator("input[value=spreadsheet]").check();
        JsonNode options = export(page).at("/options/csv");
        assertThat(options.path("profile").asString()).isEqualTo("spreadsheet");
        assertThat(options.path("bom").asBoolean()).isTrue();
        page.locator("input[value=database]").check();
        assertThat(export(page).at("/options/csv/lineEnding").asString()).isEqualTo("lf");
        page.locator("input[value=xlsx]").check();
        assertThat(page.locator("input[value=spreadsheet]")).isHidden();
    }

    @Test
    void titlesAreAskedForWhereThereAreSome() {
        Page page = page();
        Locator headers = page.getByLabel("Header row");
        page.getByText("Options", new Page.GetByTextOptions().setExact(true)).click();
        headers.selectOption("titles");
        Axe.check(page);
        assertThat(export(page).at("/options/headers").asString()).isEqualTo("titles");
        page.locator("input[value=xlsx]").check();
        assertThat(headers).isVisible();
        assertThat(export(page).path("options").toString()).isEqualTo("{\"headers\":\"titles\"}");
        page.locator("input[value=json]").check();
        assertThat(headers).isHidden();
        assertThat(export(page).path("options").propertyNames()).containsExactly("json");
        page.locator("#dataset").selectOption("wide");
        page.getByText("Options", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByLabel("File name")).isVisible();
        assertThat(headers).isHidden();
    }

    @Test
    void theSameAgainAsksForTitlesOnceMoreAndTheNamesAreNotTheSame() {
        window.client.complete("{\"dataset\":\"visits\",\"options\":{\"headers\":\"titles\"}}");
        Page page = page();
        button(page, "Same again").click();
        Locator offer = page.locator(".offer button");
        assertThat(offer).containsText("Use the one of");
        page.getByText("Options", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByLabel("Header row")).hasValue("titles");
        page.getByLabel("Header row").selectOption("names");
        assertThat(offer).hasCount(0);
    }

    @Test
    void theSameAgainFillsTheForm() {
        window.client.complete("""
                {"dataset":"visits","format":"json","parameters":{"place":"b-1","kind":"long","serial":9007199254740993,
                "places":["b-1","x"],"since":"2020-01-02","seenFrom":"2026-01-02T03:04:05.678Z"},
                "columns":["day","id"],"options":{"json":{"indent":2}},"fileName":"march"}""");
        JsonNode before = window.client
                .get(window.client.exports().get(0).at("/links/self").asString())
                .json();
        Page page = page();
        button(page, "Same again").click();
        assertThat(page.getByText("The form is filled in as that export was.")).isVisible();
        JsonNode again = export(page);
        for (String field : List.of("format", "parameters", "columns", "options")) {
            assertThat(again.path(field)).as(field).isEqualTo(before.path(field));
        }
        assertThat(again.at("/file/name").asString()).isEqualTo("march.zip");
    }

    @Test
    void theAddressHoldsTheForm() {
        Page page = page();
        page.locator("#parameter-place").fill("b-1");
        page.locator("#parameter-serial").fill("many");
        page.locator("input[value=json]").check();
        assertThat(page).hasURL(Pattern.compile(".*form=.*many.*json.*"));
        page.reload();
        assertThat(page.locator("#parameter-place")).hasValue("b-1");
        // What is wrong is kept as well, and told once it is sent.
        assertThat(page.locator("#parameter-serial")).hasValue("many");
        assertThat(page.locator("input[name=format][value=json]")).isChecked();
        // Somebody else's browser, who was sent the address.
        try (Browser other = Browser.open()) {
            assertThat(other.page(page.url()).locator("#parameter-place")).hasValue("b-1");
        }
    }

    @Test
    void nonsenseInTheAddressBreaksNothing() {
        for (String state : List.of(
                "{",
                "null",
                "[]",
                "\"visits\"",
                "{\"dataset\":7}",
                "{\"dataset\":\"__proto__\"}",
                "{\"dataset\":\"visits\",\"parameters\":{\"__proto__\":1,\"place\":{\"a\":1},\"places\":7,\"kind\":\"<b>\","
                        + "\"since\":\"soon\",\"serial\":[1]},\"columns\":[\"nope\",7,null],\"format\":\"pdf\",\"options\":[1],"
                        + "\"fileName\":{},\"notify\":null}",
                "{\"dataset\":\"visits\",\"columns\":{},\"options\":{\"csv\":{\"delimiter\":\"'\\\"><x\"},\"json\":7}}",
                "x".repeat(70_000))) {
            Page page = page("#form=" + encoded(state));
            assertThat(button(page, "Export")).isVisible();
            assertThat(page.locator("#parameter-place")).isVisible();
            page.close();
        }
        Page page = page("#form="
                + encoded("{\"dataset\":\"visits\",\"columns\":[\"id\",\"gone\"],\"parameters\":{\"old\":1}}"));
        assertThat(page.locator(".note")).containsText("Not taken over: the parameter old, the column gone.");
        Axe.check(page);
    }

    @Test
    void anEqualExportIsOffered() {
        window.client.complete("{\"dataset\":\"visits\",\"parameters\":{\"place\":\"b-1\"}}");
        String id = window.client.exports().get(0).path("id").asString();
        Page page = page();
        Locator offer = page.locator(".offer button");
        assertThat(offer).hasCount(0);
        page.locator("#parameter-place").fill("b-1");
        assertThat(offer).containsText("Use the one of");
        Axe.check(page);
        offer.click();
        assertThat(page.getByText("It was there already.")).isVisible();
        assertThat(window.client.exports())
                .extracting(one -> one.path("id").asString())
                .containsExactly(id);
        page.locator("#parameter-kind").selectOption("\"long\"");
        assertThat(offer).hasCount(0);
    }

    @Test
    void formsAreSavedChosenReplacedAndDeleted() {
        Page page = page();
        page.locator("#parameter-place").fill("b-1");
        button(page, "Save this form as …").click();
        page.locator("#preset-name").fill("Übersicht März 月次");
        page.locator("#preset-name").press("Enter");
        assertThat(page.getByText("Übersicht März 月次 is saved.")).isVisible();
        assertThat(presets()).hasSize(1);
        assertThat(page.locator(".card")).hasCount(0);
        page.reload();
        page.locator("#parameter-place").fill("c-1");
        page.locator("#preset").selectOption("Übersicht März 月次");
        assertThat(page.locator("#parameter-place")).hasValue("b-1");
        page.locator("#parameter-place").fill("b-2");
        button(page, "Save this form as …").click();
        button(page, "Save").click();
        assertThat(page.getByText("There is a form of that name: Übersicht März 月次."))
                .isVisible();
        Axe.check(page);
        button(page, "Replace it").click();
        assertThat(page.getByText("Übersicht März 月次 is saved.")).isVisible();
        assertThat(presets().get(0).at("/start/parameters/place").asString()).isEqualTo("b-2");
        button(page, "Delete the form Übersicht März 月次").click();
        button(page, "Delete the form").click();
        assertThat(page.getByText("Übersicht März 月次 is deleted.")).isVisible();
        assertThat(presets()).isEmpty();
    }

    @Test
    void aFormThatFitsNoMoreSaysSo() throws SQLException {
        String body = "{\"dataset\":\"visits\",\"parameters\":{\"place\":\"b-1\"},\"notify\":{},\"maxAge\":\"PT1H\"}";
        window.client.send("PUT", "/api/v1/presets/mine", body, "Content-Type", "application/json");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/windrow.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("update presets set start_body = '{\"dataset\":\"visits\",\"parameters\":{\"old\":1}}'");
        }
        Page page = page();
        page.locator("#preset").selectOption("mine");
        assertThat(page.locator(".note")).containsText("This saved form can't be started now");
        assertThat(page.locator(".note")).containsText("the parameter old");
    }

    @Test
    void fitsAPhone() {
        Page page = page("#form=" + encoded("{\"dataset\":\"visits\",\"columns\":[\"id\",\"gone\"]}"));
        page.setViewportSize(360, 740);
        columns(page).click();
        button(page, "Save this form as …").click();
        page.locator("#parameter-place").pressSequentially("b");
        assertThat(options(page).first()).isVisible();
        Object wide = page.evaluate("document.documentElement.scrollWidth");
        assertThat((Integer) wide).isLessThanOrEqualTo(360);
        Axe.check(page);
    }
}
