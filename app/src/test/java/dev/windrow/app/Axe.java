package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core has against a page as it is now: names, roles, contrasts, order. */
final class Axe {
    private static final String SCRIPT = read();

    private Axe() {}

    static void check(Page page) {
        page.evaluate(SCRIPT);
        Object found = page.evaluate("async () => (await axe.run()).violations.flatMap((each) =>"
                + " each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))");
        assertThat((List<?>) found).isEmpty();
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
