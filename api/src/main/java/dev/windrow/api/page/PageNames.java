package dev.windrow.api.page;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the exports page is called where an operator calls it otherwise, and the way back to where people come from.
 *
 * @param title null for Windrow
 * @param backUrl an absolute address; null for no link back
 * @param backText what that link says; null where there is none
 */
public record PageNames(
        @Nullable String title,
        @Nullable String backUrl,
        @Nullable String backText) {
    /** The usual ones. */
    public static final PageNames USUAL = new PageNames(null, null, null);

    private static final int LONGEST = 60;

    /** @throws IllegalArgumentException for what can't be shown, naming the setting and how to mend it */
    public PageNames {
        title = line("windrow.page.title", title);
        backText = line("windrow.page.back.text", backText);
        backUrl = backUrl == null || backUrl.isBlank() ? null : address(backUrl.strip());
        if ((backUrl == null) != (backText == null)) {
            throw new IllegalArgumentException(
                    "windrow.page.back.url and windrow.page.back.text go together; set both, or none");
        }
    }

    private static @Nullable String line(String setting, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String line = text.strip();
        if (line.codePointCount(0, line.length()) > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    setting + " is no short line; say at most " + LONGEST + " characters, without line breaks");
        }
        return line;
    }

    private static String address(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        throw new IllegalArgumentException(
                "windrow.page.back.url is not the address of a page; write it such as https://example.com/, without a user");
    }
}
