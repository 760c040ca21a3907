package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.windrow.testkit.Machine;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A fresh profile of a real Chromium. The browser itself is started once for all tests of this process. At its end
 * nothing must have been wrong in any of its pages: no error of a script, no violation of a Content-Security-Policy, no
 * request to a stranger.
 */
final class Browser implements AutoCloseable {
    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    final BrowserContext context;

    private final List<String> errors = new ArrayList<>();
    private final TreeSet<String> hosts = new TreeSet<>();

    private Browser(BrowserContext context) {
        this.context = context;
        context.onConsoleMessage(message -> {
            // A status that is no success is told as an error too; the tests look at those that matter.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(message.text());
            }
        });
        context.onWebError(error -> errors.add(error.error()));
        context.onRequest(request -> {
            if (request.url().startsWith("http")) {
                hosts.add(URI.create(request.url()).getHost());
            }
        });
    }

    /** Aborts the test where the machine has no Chromium or no Node.js, which Playwright's driver needs. */
    static void require() {
        Machine.require(
                Chromium.path().isPresent() && Machine.program("node").isPresent(),
                "the exports page and the button. Install Chromium and Node.js (on Debian: apt install chromium nodejs).");
    }

    static Browser open() {
        return open(1200, 900);
    }

    /** @param width of the window, in CSS pixels */
    static Browser open(int width, int height) {
        return open(width, height, "en-GB");
    }

    /** @param locale that its reader has, as a language tag */
    static Browser open(int width, int height, String locale) {
        return new Browser(Chromium.STARTED.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(locale)
                .setTimezoneId("Europe/Paris")
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)));
    }

    Page page(String url) {
        Page page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.navigate(url);
        return page;
    }

    /** What was wrong until now, of a test in which something has to be. */
    List<String> takeErrors() {
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    @Override
    public void close() {
        context.close();
        assertThat(errors).as("errors in the console").isEmpty();
        assertThat(hosts).as("hosts that were asked").isSubsetOf("127.0.0.1");
    }

    private static final class Chromium {
        static final com.microsoft.playwright.Browser STARTED = start();

        static Optional<Path> path() {
            return CHROMIUM.stream()
                    .flatMap(name -> Machine.program(name).stream())
                    .findFirst();
        }

        private static com.microsoft.playwright.Browser start() {
            Map<String, String> environment = Map.of(
                    "PLAYWRIGHT_NODEJS_PATH",
                    Machine.program("node").orElseThrow().toString(),
                    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                    "1");
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(path().orElseThrow())
                            .setArgs(ARGUMENTS));
        }
    }
}
