package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.examples.Example;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example of a host application, its page in a real browser, and Windrow behind both. */
abstract class EmbeddedOrders {
    static final String ANN = "Ann of shop 7";
    static final String BOB = "Bob of shop 8";
    static final int ROWS = 10_000;
    /** Each row costs a count of its own, so that an export takes its time on any machine. */
    private static final String SLOWLY = "iif((with recursive c(x) as (select 1 union all select x + 1 from c"
            + " where x < 10000) select count(*) from c where x <> o.id) > 0, o.item, null) as item";

    private static final Pattern NEW_KEY = Pattern.compile("\\./windrow (key new [^>]+?) > ");

    static final String BEGUN = "() => document.querySelector('windrow-export').shadowRoot"
            + ".querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') >= 2";

    @TempDir
    static Path folder;

    static ServingProcess windrow;
    static EmbeddingHost host;
    /** Another page that may call Windrow, whose tokens end soon. */
    static EmbeddingHost hasty;

    Browser browser;

    @BeforeAll
    static void serve() throws IOException {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        Example.EMBEDDING.create(folder, ROWS, made -> {});
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, Files.readString(catalog).replace("o.item", SLOWLY));
        Path key = makeKey();
        int port = Ports.free();
        int hastyPort = Ports.free();
        windrow = ServingProcess.start(
                folder,
                "all",
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + catalog,
                "--windrow.security.mode=api-keys",
                "--windrow.security.keys-file=" + folder.resolve("keys.yaml"),
                "--windrow.page.origins=" + EmbeddingHost.origin(port) + "," + EmbeddingHost.origin(hastyPort),
                "--windrow.worker.checkpoint-interval=PT0.2S");
        Path log = folder.resolve("host.log");
        host = EmbeddingHost.start(port, windrow.url(), key, "PT10M", log);
        hasty = EmbeddingHost.start(hastyPort, windrow.url(), key, "PT4S", log);
    }

    /** By the command in the README. */
    private static Path makeKey() throws IOException {
        Matcher command = NEW_KEY.matcher(Files.readString(EmbeddingHost.FOLDER.resolve("README.md")));
        assertThat(command.find()).isTrue();
        ProcessRun made = ProcessRun.windrow(folder, command.group(1).split(" "));
        assertThat(made.exit()).as(made.err()).isZero();
        Files.writeString(folder.resolve("keys.yaml"), made.err());
        return Files.writeString(folder.resolve("mint.key"), made.out());
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable one : new AutoCloseable[] {host, hasty, windrow}) {
            close(one);
        }
        if (windrow != null) {
            assertThat(Files.readString(folder.resolve("host.log"))).doesNotContain("wdr_", "Cannot");
        }
    }

    private static void close(AutoCloseable one) {
        if (one instanceof EmbeddingHost its) {
            its.close();
        } else if (one instanceof ServingProcess its) {
            its.close();
        }
    }

    @BeforeEach
    final void open() {
        browser = Browser.open();
    }

    @AfterEach
    final void close() {
        if (browser != null) {
            browser.close();
        }
    }

    final Page signIn(EmbeddingHost at, String name) {
        Page page = browser.page(at.origin());
        press(page, name);
        assertThat(exporting(page)).isVisible();
        return page;
    }

    static void press(Page page, String name) {
        button(page, name).click();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static Locator exporting(Page page) {
        return button(page, "Export orders");
    }

    static Locator download(Page page) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("Download").setExact(true));
    }

    static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(180_000);
    }

    /** As the page gets it, for who is signed in. */
    static String token(Page page) {
        return String.valueOf(
                page.evaluate("async () => (await (await fetch('/windrow-token', { method: 'POST' })).json()).token"));
    }

    static String current(Page page) {
        return String.valueOf(page.evaluate("() => document.querySelector('windrow-export').current.id"));
    }

    static Answer get(String path, String token, String origin) {
        return windrow.client.get(path, "Authorization", "Bearer " + token, "Origin", origin);
    }

    static Answer start(String token, String origin, String parameters) {
        return windrow.client.send(
                "POST",
                WindowClient.EXPORTS,
                "{\"dataset\":\"orders\",\"parameters\":" + parameters + "}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token,
                "Origin",
                origin);
    }

    static List<JsonNode> exports(String token) {
        return get(WindowClient.EXPORTS, token, host.origin())
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** But for the number of the answer. */
    static String problem(Answer answer) {
        return answer.text().replaceAll("urn:uuid:[0-9a-f-]+", "");
    }

    static void cancel(Page page) {
        press(page, "Cancel");
        assertThat(page.locator("windrow-export")).containsText("Cancelled");
    }
}
