package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers that come when the button stands for something else, was taken away, or knows better by now; and events that
 * do not come.
 */
@Tag("browser")
final class LateAnswersIT extends HostedButton {
    private static final String FAILING = "<windrow-export dataset=\"failing\"></windrow-export>";
    private static final String BUTTON = "document.querySelector('windrow-export')";

    private final List<Route> held = new ArrayList<>();

    /** Keeps the next POST whose path ends so, until it is let go. */
    private void hold(Page page, String path, Runnable press) {
        browser.context.route("**" + path, route -> {
            if (route.request().method().equals("POST") && held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        press.run();
        page.waitForCondition(() -> !held.isEmpty());
    }

    /** Lets it go, and comes back when the page has had its answer and has drawn what came of it. */
    private void letGo(Page page) {
        Route route = held.get(0);
        Response answer =
                page.waitForResponse(response -> response.request().method().equals("POST"), () -> route.resume());
        answer.finished();
        drawn(page);
    }

    private static void drawn(Page page) {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static int seen(Page page) {
        return (Integer) page.evaluate("window.seen.length");
    }

    @Test
    void anAnswerToCancelDoesNotComeOverAnotherDataset() {
        Page page = show(ENDLESS);
        button(page, "Export").click();
        assertThat(button(page, "Cancel")).isVisible();
        hold(page, "/cancel", () -> button(page, "Cancel").click());
        page.evaluate(BUTTON + ".setAttribute('dataset', 'readings')");
        assertThat(button(page, "Export")).isVisible();
        int before = seen(page);

        letGo(page);

        assertThat(button(page, "Export")).isVisible();
        assertThat(progress(page)).isHidden();
        assertThat(seen(page)).isEqualTo(before);
    }

    @Test
    void anAnswerToRetryDoesNotFollowForAButtonThatIsGone() {
        Page page = show(FAILING);
        button(page, "Export").click();
        assertThat(button(page, "Try again")).isVisible();
        hold(page, "/retry", () -> button(page, "Try again").click());
        page.evaluate("() => { window.taken = " + BUTTON + "; taken.remove(); }");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.method() + " " + request.url()));

        letGo(page);

        assertThat(asked).isEmpty();
        // Put back, it finds out for itself.
        page.evaluate("() => { document.body.append(taken); }");
        assertThat(button(page, "Try again")).isVisible();
    }

    @Test
    void anAnswerToCancelDoesNotBringBackWhatHasEnded() {
        Page page = show(ENDLESS);
        button(page, "Export").click();
        assertThat(button(page, "Cancel")).isVisible();
        String id = (String) page.evaluate(BUTTON + ".current.id");
        String running = server.client.get(WindowClient.EXPORTS + "/" + id).text();
        hold(page, "/cancel", () -> button(page, "Cancel").click());
        server.client.send("POST", WindowClient.EXPORTS + "/" + id + "/cancel", "");
        assertThat(button(page, "Export again")).isVisible();
        int before = seen(page);

        page.waitForResponse(
                response -> response.request().method().equals("POST"),
                () -> held.get(0)
                        .fulfill(new Route.FulfillOptions()
                                .setStatus(202)
                                .setHeaders(Map.of("Access-Control-Allow-Origin", host.origin()))
                                .setContentType("application/json")
                                .setBody(running)));
        drawn(page);

        assertThat(button(page, "Export again")).isVisible();
        assertThat(seen(page)).isEqualTo(before);
    }

    @Test
    void aRefusalOfAStartIsNotShownByAButtonThatStandsForAnother() {
        Page page = show("<windrow-export dataset=\"nothing\"></windrow-export>");
        hold(page, "/exports", () -> button(page, "Export").click());
        page.evaluate(BUTTON + ".setAttribute('dataset', 'slow')");
        // It is no longer starting, and may be pressed for what it stands for now.
        assertThat(button(page, "Export")).isVisible();

        letGo(page);

        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
        button(page, "Export").click();
        assertThat(progress(page)).isVisible();
        button(page, "Cancel").click();
        assertThat(page.locator("windrow-export")).containsText("Cancelled");
    }

    @Test
    void aStartIsOneExportThoughTheButtonIsMovedWhileItIsSent() {
        Page page = show(ENDLESS + "<p></p>");
        hold(page, "/exports", () -> button(page, "Export").click());
        page.evaluate("() => document.querySelector('p').append(" + BUTTON + ")");
        letGo(page);
        assertThat(progress(page)).isVisible();

        // Nor does a move hide for a moment what is known.
        String state = (String) page.evaluate(
                "() => { const one = " + BUTTON + "; document.body.prepend(one); return one.current.dataset; }");
        assertThat(state).isEqualTo("slow");
        assertThat(page.evaluate("window.seen.filter((name) => name === 'started').length"))
                .isEqualTo(1);
        assertThat(server.client.get(WindowClient.EXPORTS).json().path("items")).hasSize(1);
    }

    @Test
    void takesUpAllThatChangesAtOnce() {
        Page page = show(SLOW);
        assertThat(button(page, "Export")).isVisible();
        page.evaluate("() => { const one = " + BUTTON + "; one.toggleAttribute('disabled', true);"
                + " one.setAttribute('dataset', 'readings'); one.setAttribute('parameters', '{\"sensor\":\"s-1\"}');"
                + " one.removeAttribute('disabled'); one.start(); }");
        assertThat(download(page)).isVisible();
        page.reload();
        assertThat(button(page, "Export")).isVisible();
    }

    @Test
    void pollsWhereAProxyCollectsEventsAndRemembersIt() throws IOException {
        try (BufferingProxy proxy = BufferingProxy.to(server.url())) {
            host.loads(proxy.url(), "defer");
            Page page = show(SLOW.replace("></", " parameters='{\"rows\":60000}'></"));
            button(page, "Export").click();
            page.waitForFunction("() => " + BUTTON + ".shadowRoot.querySelector('[role=progressbar]')"
                    + ".getAttribute('aria-valuenow') >= 2 && " + BUTTON + ".current.state === 'running'");
            assertThat(page.locator("windrow-export")).containsText("of 60,000 rows");
            assertThat(proxy.streams()).isEqualTo(1);

            // Another button of the page knows it too.
            page.evaluate("() => { const one = document.createElement('windrow-export'); one.export = " + BUTTON
                    + ".current.id; document.body.append(one); }");
            assertThat(progress(page)).hasCount(2);
            page.waitForFunction(
                    "rows => Array.from(document.querySelectorAll('windrow-export'))"
                            + ".every((one) => one.current.progress.rowsWritten > rows)",
                    page.evaluate(BUTTON + ".current.progress.rowsWritten"));
            assertThat(proxy.streams()).isEqualTo(1);
            button(page, "Cancel").first().click();
            assertThat(page.locator("windrow-export").first()).containsText("Cancelled");
        }
    }
}
