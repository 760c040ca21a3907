package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exports page as an operator has it look, and in frames of other sites, in a real browser. */
@Tag("browser")
final class PageThemeIT extends ServedPage {
    private static final String TITLE = PageSamples.HOSTILE + " {version}";
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40" height="10">
              <script>top.hacked = 1</script><rect width="40" height="10" fill="#7a1fa2"/>
            </svg>
            """;
    private static final String CSS = """
            :root { --accent: rgb(122, 31, 162); }
            """;

    private static HostPage portal;
    private static HostPage stranger;

    @BeforeAll
    static void serve() throws IOException {
        portal = HostPage.serve();
        stranger = HostPage.serve();
        serve(
                PageSamples.make(folder),
                "--windrow.page.title=" + TITLE,
                "--windrow.page.logo=" + Files.writeString(folder.resolve("Shop.SVG"), LOGO),
                "--windrow.page.css=" + Files.writeString(folder.resolve("shop.css"), CSS),
                "--windrow.page.back.url=" + portal.origin() + "/?a=1&b='2",
                "--windrow.page.back.text=Back to the <shop>",
                "--windrow.page.frame-ancestors=" + portal.origin());
    }

    @AfterAll
    static void stopHosts() {
        if (portal != null) {
            portal.close();
            stranger.close();
        }
    }

    @BeforeEach
    void open() {
        browser = Browser.open();
    }

    @Test
    void hasTheNameTheLogoTheColoursAndTheWayBackThatItWasGiven() {
        Page page = page();
        assertThat(page).hasTitle("Exports · " + TITLE);
        assertThat(page.locator(".brand")).hasText(TITLE);
        Locator logo = page.locator(".brand img");
        assertThat(logo).hasJSProperty("naturalWidth", 40);
        assertThat(page.locator("#form [type=submit]")).hasCSS("background-color", "rgb(122, 31, 162)");
        assertThat(page.evaluate("window.hacked")).isNull();
        Locator back = page.getByText("Back to the <shop>");
        assertThat(back).hasAttribute("href", portal.origin() + "/?a=1&b='2");
        Axe.check(page);
        back.click();
        assertThat(page).hasTitle("Host");
    }

    @Test
    void servesTheLogoByItsDigestAndRunsNothingInIt() {
        Page page = page();
        String path = page.locator(".brand img").getAttribute("src");
        Answer logo = window.client.get("/" + path);
        assertThat(logo.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(logo.text()).isEqualTo(LOGO);
        assertThat(logo.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors 'none'; sandbox");
        assertThat(window.client
                        .get("/" + path, "If-None-Match", logo.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(window.client.get("/").header("Content-Security-Policy"))
                .contains("frame-ancestors " + portal.origin() + ";")
                .doesNotContain("unsafe");
    }

    @Test
    void worksInAFrameOfASiteThatMay() {
        portal.shows("<iframe src=\"" + window.client.url() + "/\" width=\"1000\" height=\"800\"></iframe>");
        Page page = browser.page(portal.origin());
        FrameLocator frame = page.frameLocator("iframe");
        frame.locator("#parameter-sensor").fill("s-1");
        frame.locator("#form [type=submit]").click();
        assertThat(frame.locator(".badge").first()).hasText("ready");
        // A notification is not for a frame of another site to ask for.
        assertThat(frame.locator("#tell")).isHidden();
    }

    @Test
    void isNotShownInAFrameOfAnotherSite() {
        stranger.shows("<iframe src=\"" + window.client.url() + "/\" width=\"1000\" height=\"800\"></iframe>");
        Page page = browser.page(stranger.origin());
        page.waitForCondition(() -> page.frames().get(1).url().startsWith("chrome-error:"));
        assertThat(page.frameLocator("iframe").locator("#form").count()).isZero();
        assertThat(browser.takeErrors()).isNotEmpty().allMatch(error -> error.contains("frame-ancestors"));
    }
}
