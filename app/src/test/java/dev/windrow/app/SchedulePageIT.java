package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The schedules of the exports page, in a real browser. */
@Tag("browser")
final class SchedulePageIT {
    private static final String SCHEDULES = "/api/v1/schedules";

    @TempDir
    static Path folder;

    private static RunningWindow window;

    @BeforeAll
    static void serve() {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        // Started first, so that its threads are not taken for the product's.
        Browser.open().close();
        window = RunningWindow.start(folder.resolve("home"), PageSamples.make(folder));
    }

    @AfterAll
    static void stop() {
        if (window != null) {
            window.close();
        }
    }

    /** Behind its own text stands what it acts on. */
    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + "(: .*)?$")));
    }

    private static JsonNode schedule() {
        return window.client.get(SCHEDULES + "/nightly").json();
    }

    @Test
    void areShownPausedResumedAndDeleted() {
        String body = """
                {"name":"nightly","cron":"0 0 3 * * *","zone":"Europe/Berlin","keep":5,
                "start":{"dataset":"readings","parameters":{"sensor":"s-1"}}}""";
        window.client.send("POST", SCHEDULES, body, "Content-Type", "application/json");
        JsonNode saved = schedule();
        try (Browser browser = Browser.open()) {
            Page page = browser.page(window.client.url() + "/");
            Locator item = page.locator("[data-schedule=nightly]");
            assertThat(item).containsText("readings · 0 0 3 * * * · Europe/Berlin");
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
}
