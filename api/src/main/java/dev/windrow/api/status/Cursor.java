package dev.windrow.api.status;

import dev.windrow.common.export.ExportId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a list goes on: the last export that was shown. Opaque to callers, so that it may mean something else one day.
 */
final class Cursor {
    private static final String VERSION = "1:";

    private Cursor() {}

    static String after(ExportId last) {
        byte[] text = (VERSION + last).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The export to go on after; empty for what is no cursor of ours. */
    static Optional<ExportId> parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return text.startsWith(VERSION) ? ExportId.parse(text.substring(VERSION.length())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
