package dev.windrow.api.page;

import java.nio.charset.StandardCharsets;

/** The button's script as the product serves it, for servers of tests. */
public final class ServedButton {
    private ServedButton() {}

    public static String script() {
        return new String(new PageFiles(PageTheme.USUAL).element().content(), StandardCharsets.UTF_8);
    }
}
