package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.WindowClient;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exports page of a server that asks for keys. The name of each is its key. */
abstract class KeyedPage extends ServedPage {
    /** More rows than a test has patience for: it goes on until it is cancelled or deleted. */
    static final String SLOW = "{\"dataset\":\"slow\",\"parameters\":{\"rows\":400000}}";

    /**
     * A file of keys: those of the usual callers, and more.
     *
     * @param more of each its name, a comma and its other fields
     */
    static String keys(String... more) {
        return Stream.concat(
                        Stream.of(
                                "shop, roles: [export]",
                                "shop-reads, principal: shop, roles: [read]",
                                "counter, roles: [metrics]",
                                "chief, roles: [admin]"),
                        Stream.of(more))
                .map(entry -> "- { name: %s, sha256: %s }\n"
                        .formatted(entry, KeyText.sha256(entry.substring(0, entry.indexOf(',')))))
                .collect(Collectors.joining());
    }

    /** A hostile name, as YAML has it. */
    static String hostile() {
        return "'" + PageSamples.HOSTILE.replace("'", "''") + "'";
    }

    static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    /** Where the answer says that it is made; empty where it says nothing. */
    static String send(String key, String method, String path, String body) {
        String location = window.client
                .send(method, path, body, "Content-Type", "application/json", "Authorization", "Bearer " + key)
                .header("Location");
        return location == null ? "" : location;
    }

    static String start(String key, String body) {
        return send(key, "POST", WindowClient.EXPORTS, body);
    }

    static void deleteExports() {
        window.client.deleteExports("limit=200&owner=*", bearer("chief"));
    }

    /** The page of one who has given his key. */
    final Page page(String key) {
        return page(key, "");
    }

    /** @param fragment of the page's address, with its sign */
    final Page page(String key, String fragment) {
        Page page = browser.page(window.client.url() + "/" + fragment);
        give(page, key);
        assertThat(page.locator("#who")).containsText("Signed in as ");
        return page;
    }

    static void give(Page page, String key) {
        page.getByLabel("API key").fill(key);
        button(page, "Continue").click();
    }
}
