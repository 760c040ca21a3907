package dev.windrow.examples.posts;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.SpacedJson;
import dev.windrow.examples.sample.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes posts: who, when and what by their maker, everything else by chance. */
final class PostRows {
    static final int COLUMNS = 17;
    /** Columns that hostile posts change. */
    static final int LIKES = 7;

    static final int EMBEDDED = 14;

    private static final String ARCHIVED = Times.iso(Times.millis(2025, 11, 1));
    private static final List<String> LABELS = List.of("porn-like", "spam", "!warn", "sexual");

    private PostRows() {}

    /**
     * What is not left to chance.
     *
     * @param created null for the moment itself
     * @param image the JSON of an image within; null for none
     */
    record Given(
            String account,
            long microseconds,
            long clock,
            String text,
            @Nullable String created,
            @Nullable String image) {
        String uri() {
            return Identifiers.post(account, microseconds, clock);
        }
    }

    /** A row of the table, its columns in order. */
    static @Nullable Object[] row(Given given, Chance chance) {
        String uri = given.uri();
        long millis = given.microseconds / 1000;
        String parent = parent(given, chance);
        long likes = likes(chance);
        return new @Nullable Object[] {
            uri,
            Identifiers.content(uri.getBytes(StandardCharsets.UTF_8), "bafyrei"),
            given.account,
            given.text,
            given.created == null ? Times.iso(millis) : given.created,
            Times.iso(millis + chance.below(12, 5000)),
            given.image == null ? 0 : 1,
            likes,
            likes >> 3,
            chance.below(30, 5),
            chance.below(33, 2),
            parent == null ? 0 : 1,
            parent,
            embedType(given, chance),
            given.image == null ? embedded(given, chance) : given.image,
            labels(chance),
            ARCHIVED
        };
    }

    private static @Nullable String parent(Given given, Chance chance) {
        long kind = chance.below(16);
        return kind >= 3 && kind <= 5 ? Identifiers.post(given.account, given.microseconds - 60_000_000, 3) : null;
    }

    private static long likes(Chance chance) {
        int most = 1 << chance.below(4, 14) + 1;
        return chance.below(3) == 0 ? 0 : Math.max(chance.below(8, most) - 1, 0);
    }

    private static @Nullable String embedType(Given given, Chance chance) {
        if (given.image != null) {
            return "app.bsky.embed.images";
        }
        return switch ((int) chance.below(16)) {
            case 1 -> "app.bsky.embed.external";
            case 2 -> "app.bsky.embed.record";
            default -> null;
        };
    }

    private static @Nullable String embedded(Given given, Chance chance) {
        return switch ((int) chance.below(16)) {
            case 1 ->
                "{\"$type\": \"app.bsky.embed.external\", \"external\": {\"uri\": \"https://example.com/?q="
                        + chance.below(1000) + "&x=%22\", \"title\": "
                        + SpacedJson.quoted(Texts.start(given.text, 60)) + ", \"description\": "
                        + SpacedJson.quoted(Texts.start(given.text, 280)) + "}}";
            case 2 ->
                "{\"$type\": \"app.bsky.embed.record\", \"record\": {\"uri\": \""
                        + Identifiers.post(given.account, given.microseconds - 86_400_000_000L, 7)
                        + "\", \"cid\": \"bafyreiquote\"}}";
            default -> null;
        };
    }

    private static @Nullable String labels(Chance chance) {
        return chance.below(36, 20) != 0
                ? null
                : "[{\"val\": \"" + LABELS.get(chance.below(41, 4)) + "\", \"src\": \"did:plc:labeler\", \"neg\": "
                        + (chance.below(43, 2) == 1) + "}]";
    }
}
