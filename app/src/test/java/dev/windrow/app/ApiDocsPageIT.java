package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The description of the API, in a real browser: {@link Browser} holds that no stranger is asked. */
@Tag("browser")
final class ApiDocsPageIT extends ServedPage {
    @BeforeAll
    static void serve() {
        serve(Samples.small(folder, 10));
    }

    @Test
    void showsEveryRouteAndTriesOne() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(window.client.url() + "/docs");
            int operations = window.client
                    .get("/v3/api-docs")
                    .json()
                    .findValues("operationId")
                    .size();
            assertThat(page.locator(".opblock")).hasCount(operations);

            Locator datasets = page.locator("#operations-datasets-listDatasets");
            datasets.locator(".opblock-summary-control").click();
            button(datasets, "Try it out").click();
            button(datasets, "Execute").click();

            assertThat(datasets.locator(".live-responses-table .response .response-col_status"))
                    .containsText("200");
            assertThat(datasets.locator(".live-responses-table")).containsText("\"name\": \"big\"");
        }
    }

    /** As a proxy has it that sends a part of its site here: what is outside of that part is somebody else's. */
    @Test
    void triesWithinItsPathOfASite() throws IOException {
        List<String> outside = new CopyOnWriteArrayList<>();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            Answer answer = window.client.get(path.replaceFirst("^/exports/", "/"));
            if (!path.startsWith("/exports/")) {
                outside.add(path);
            }
            for (String header : List.of("Content-Type", "Content-Security-Policy")) {
                exchange.getResponseHeaders().set(header, answer.header(header));
            }
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        site.start();
        try (Browser browser = Browser.open()) {
            Page page = browser.page("http://127.0.0.1:" + site.getAddress().getPort() + "/exports/docs");
            Locator datasets = page.locator("#operations-datasets-listDatasets");
            datasets.locator(".opblock-summary-control").click();
            button(datasets, "Try it out").click();
            button(datasets, "Execute").click();

            assertThat(datasets.locator(".live-responses-table")).containsText("\"name\": \"big\"");
            Assertions.assertThat(outside).isEmpty();
        } finally {
            site.stop(0);
        }
    }

    @Test
    void isAskedForAgainOnlyWhenItHasChanged() {
        for (String path : new String[] {"/docs", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"}) {
            Answer whole = window.client.get(path);
            Assertions.assertThat(whole.status()).as(path).isEqualTo(200);
            Answer known = window.client.get(path, "If-None-Match", whole.header("ETag"));
            Assertions.assertThat(known.status()).as(path).isEqualTo(304);
        }
        for (String path : new String[] {"/docs/", "/docs/index.html", "/docs/LICENSE", "/docs/..%2fopenapi.json"}) {
            Assertions.assertThat(window.client.get(path).status()).as(path).isIn(400, 404);
        }
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
