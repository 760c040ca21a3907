package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The schedules of the exports page, in a real browser. */
@Tag("browser")
final class SchedulePageIT extends ServedPage {
    private static final String SCHEDULES = "/api/v1/schedules";

    @BeforeAll
    static void serve() {
        serve(PageSamples.make(folder));
    }

    private static JsonNode schedule() {
        return window.client.get(SCHEDULES + "/nightly").json();
    }

    @Test
    void areShownPausedResumedAndDeleted() {
        // Once a year, lest its next time comes meanwhile.
        String body = """
                {"name":"nightly","cron":"0 0 3 1 1 *","zone":"Europe/Berlin","keep":5,
                "start":{"dataset":"readings","parameters":{"sensor":"s-1"}}}""";
        window.client.send("POST", SCHEDULES, body, "Content-Type", "application/json");
        JsonNode saved = schedule();
        browser = Browser.open();
        Page page = page();
        Locator item = page.locator("[data-schedule=nightly]");
        assertThat(item).containsText("readings · 0 0 3 1 1 * · Europe/Berlin");
        assertThat(item.locator("time"))
                .hasAttribute("datetime", saved.path("next").asString());

        button(page, "Pause nightly").click();
        assertThat(item).containsText("Paused");
        JsonNode paused = schedule();
        Assertions.assertThat(paused.path("paused").asBoolean()).isTrue();
        Assertions.assertThat(paused.path("start")).isEqualTo(saved.path("start"));
        Assertions.assertThat(paused.path("keep")).isEqualTo(saved.path("keep"));

        button(page, "Resume nightly").click();
        assertThat(item).containsText("Next:");
        button(page, "Delete nightly").click();
        button(page, "Delete it").click();
        assertThat(page.locator("#schedules")).isHidden();
        Assertions.assertThat(window.client.get(SCHEDULES + "/nightly").status())
                .isEqualTo(404);
    }
}
