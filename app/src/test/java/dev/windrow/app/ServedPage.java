package dev.windrow.app;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A page of a server in this process, in a real browser. What is served, and how a browser is opened, a test says. */
abstract class ServedPage {
    @TempDir
    static Path folder;

    /** Closed after the tests of a class. */
    static RunningWindow window;

    /** Closed after each test. */
    Browser browser;

    /** Started first, so that its threads are not taken for the product's. */
    @BeforeAll
    static void startBrowser() {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        Browser.open().close();
    }

    static void serve(Path catalog, String... settings) {
        window = RunningWindow.start(folder.resolve("home"), catalog, settings);
    }

    @AfterAll
    static void stop() {
        if (window != null) {
            window.close();
            window = null;
        }
    }

    @AfterEach
    final void close() {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    /** The exports page. */
    Page page() {
        return browser.page(window.client.url() + "/");
    }

    /** Behind its own text may stand what it acts on. */
    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + "(: .*)?$")));
    }
}
