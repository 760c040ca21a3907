package dev.windrow.common.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit. Immutable.
 *
 * @param number 1 for the first that there ever was, and one more for each
 * @param event what was done
 * @param instance the process that wrote it
 * @param previous the hash of the row before, in hex; zeros before the first
 */
public record AuditRow(long number, Event event, String instance, String previous) {
    /** Stands for the hash of what is before the first row. */
    public static final String NOTHING = "0".repeat(64);

    /** The row as one line of JSON, always the same for the same row: what is hashed, and what the log tells. */
    public String text() {
        StringBuilder text = new StringBuilder("{\"number\":").append(number);
        add(text, "at", event.at());
        add(text, "principal", event.actor().principal());
        add(text, "key", event.actor().key());
        add(text, "address", event.actor().address());
        add(text, "action", event.action());
        add(text, "export", event.subject().export());
        add(text, "dataset", event.subject().dataset());
        add(text, "parametersSha256", event.subject().parametersSha256());
        add(text, "part", event.amount().part());
        add(text, "rows", event.amount().rows());
        add(text, "bytes", event.amount().bytes());
        add(text, "outcome", event.outcome());
        add(text, "instance", instance);
        add(text, "previous", previous);
        return text.append('}').toString();
    }

    /** The SHA-256 of {@link #text} in UTF-8, in lower-case hex. */
    public String hash() {
        try {
            byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(StringBuilder text, String name, @Nullable Object value) {
        text.append(",\"").append(name).append("\":").append(Texts.json(value));
    }
}
