package dev.windrow.api.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.export.ExportId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkTokenFuzzTest {
    private static final List<String> PARTS = List.of("A", "_", "-", "=", "+", "/", ".", "w", "é", "AAAA");

    @Test
    void opensWhatItWasSignedForAndNothingElse() {
        Fuzz.check(8_000, random -> {
            String key = secret(random);
            String other = secret(random);
            LinkToken token = token(random);
            String text = token.sign(new LinkKeys(List.of(key)).signing());

            assertThat(LinkToken.parse(text, new LinkKeys(List.of(other, key)))).contains(token);
            assertThat(LinkToken.parse(text, new LinkKeys(List.of(other)))).isEmpty();
            String damaged = HostileText.damaged(random, text, PARTS);
            if (!damaged.equals(text)) {
                assertThat(LinkToken.parse(damaged, new LinkKeys(List.of(key))))
                        .as(damaged)
                        .isEmpty();
            }
            String changed = change(random, text);
            assertThat(LinkToken.parse(changed, new LinkKeys(List.of(key))))
                    .as(changed)
                    .isEmpty();
        });
    }

    private static LinkToken token(Random random) {
        return new LinkToken(
                new ExportId(new UUID(random.nextLong(), random.nextLong())),
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)),
                random.nextBoolean() ? "" : "x".repeat(random.nextInt(40)));
    }

    private static String secret(Random random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** The text with one character of base64url in the place of another. */
    private static String change(Random random, String text) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int at = random.nextInt(text.length());
        char letter = letters.charAt(random.nextInt(64));
        char instead = letter == text.charAt(at) ? letter == 'A' ? 'B' : 'A' : letter;
        return text.substring(0, at) + instead + text.substring(at + 1);
    }
}
