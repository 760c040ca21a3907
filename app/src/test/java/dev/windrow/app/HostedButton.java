package dev.windrow.app;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The button on a page of another origin, in a real browser, with a server in a process of its own and no exports. */
abstract class HostedButton {
    static final String SLOW = "<windrow-export dataset=\"slow\"></windrow-export>";
    /** Goes on until it is cancelled or deleted. */
    static final String ENDLESS = SLOW.replace("></", " parameters='{\"rows\":400000}'></");

    @TempDir
    static Path folder;

    static HostPage host;
    static ServingProcess server;

    Browser browser;

    @BeforeAll
    static void serve() throws IOException {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        PageSamples.make(folder);
        host = HostPage.serve();
        server = ServingProcess.start(folder, "all", settings());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            host.close();
            server.close();
        }
    }

    @BeforeEach
    final void open() {
        host.loads(server.url(), "defer");
        browser = Browser.open();
        server.client.deleteExports();
    }

    @AfterEach
    final void close() {
        if (browser != null) {
            browser.close();
        }
    }

    static String[] settings() {
        return new String[] {
            "--windrow.home=" + folder.resolve("home"),
            "--windrow.catalog=" + folder.resolve("catalog.yaml"),
            "--windrow.page.origins=" + host.origin(),
            "--windrow.worker.checkpoint-interval=PT0.2S"
        };
    }

    final Page show(String html) {
        host.shows(html);
        return browser.page(host.origin());
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator download(Page page) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("Download").setExact(true));
    }

    static Locator progress(Page page) {
        return page.getByRole(AriaRole.PROGRESSBAR);
    }

    static List<JsonNode> exports() {
        return server.client.exports();
    }
}
