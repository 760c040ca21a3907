package dev.windrow.api.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.ExportId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokenTest {
    private static final String NEW = "n".repeat(32);
    private static final String OLD = "o".repeat(32);
    private static final LinkToken TOKEN = token("");

    private final LinkKeys keys = new LinkKeys(List.of(NEW, OLD));

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "files/März 1.txt", "🎉"})
    void readsWhatItHasWritten(String entry) {
        LinkToken token = token(entry);
        assertThat(LinkToken.parse(token.sign(keys.signing()), keys)).contains(token);
    }

    @Test
    void keepsItsEndToTheSecondAndNumbersToTheirLimits() {
        LinkToken most = new LinkToken(
                new ExportId(new UUID(-1, -1)),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Instant.ofEpochSecond(32_503_680_000L),
                "x".repeat(LinkToken.LONGEST_ENTRY));
        assertThat(LinkToken.parse(most.sign(keys.signing()), keys)).contains(most);
    }

    @Test
    void isBelievedOfEachKeyWhicheverStandsFirst() {
        String byOld = TOKEN.sign(new LinkKeys(List.of(OLD)).signing());
        assertThat(LinkToken.parse(byOld, keys)).contains(TOKEN);
        assertThat(LinkToken.parse(byOld, new LinkKeys(List.of(OLD, NEW)))).contains(TOKEN);
        assertThat(LinkToken.parse(byOld, new LinkKeys(List.of(NEW)))).isEmpty();
    }

    @Test
    void saysByItsNumberWhichKeyHasSignedIt() {
        byte[] token = Base64.getUrlDecoder().decode(TOKEN.sign(keys.signing()));
        assertThat(token[1]).isEqualTo(new LinkKey(NEW.getBytes(StandardCharsets.UTF_8)).number());
    }

    @Test
    void isBelievedWhereTwoKeysShareANumber() {
        byte number = new LinkKeys(List.of(NEW)).signing().number();
        String twin = "";
        for (int i = 0; twin.isEmpty(); i++) {
            String candidate = "another secret of enough bytes " + i + "!".repeat(8);
            if (new LinkKeys(List.of(candidate)).signing().number() == number) {
                twin = candidate;
            }
        }
        String text = TOKEN.sign(keys.signing());
        assertThat(LinkToken.parse(text, new LinkKeys(List.of(twin, NEW)))).contains(TOKEN);
        assertThat(LinkToken.parse(text, new LinkKeys(List.of(twin)))).isEmpty();
    }

    @Test
    void isNoneWithOneBitChanged() {
        for (String entry : List.of("", "a", "ab")) {
            byte[] token = Base64.getUrlDecoder().decode(token(entry).sign(keys.signing()));
            for (int bit = 0; bit < token.length * 8; bit++) {
                byte[] altered = token.clone();
                altered[bit / 8] ^= (byte) (1 << (bit % 8));
                String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
                assertThat(LinkToken.parse(text, keys)).as("bit " + bit).isEmpty();
            }
        }
    }

    @Test
    void isWrittenInOneWayOnly() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (String entry : List.of("", "a", "ab")) {
            String text = token(entry).sign(keys.signing());
            List<String> others = new ArrayList<>(List.of(text + "=", text + "==", text + "A", text + " ", " " + text));
            for (int i = 0; i < alphabet.length(); i++) {
                others.add(text.substring(0, text.length() - 1) + alphabet.charAt(i));
            }
            others.remove(text);
            assertThat(others)
                    .allSatisfy(other ->
                            assertThat(LinkToken.parse(other, keys)).as(other).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "é", "====", "../../etc/passwd"})
    void isNoneOfOtherTexts(String text) {
        assertThat(LinkToken.parse(text, keys)).isEmpty();
        assertThat(LinkToken.parse(text.repeat(100), keys)).isEmpty();
        assertThat(LinkToken.parse(text.repeat(100_000), keys)).isEmpty();
    }

    @Test
    void takesNoSecretThatCouldBeFoundByTrying() {
        assertThatThrownBy(() -> new LinkKeys(List.of("geheim".repeat(5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windrow.links.secret is too short")
                .hasMessageContaining("openssl rand -hex 32")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> new LinkKeys(List.of(NEW, "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkKeys(List.of(" ".repeat(40)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkKeys(List.of(NEW, OLD, NEW))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkKeys(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static LinkToken token(String entry) {
        return new LinkToken(new ExportId(new UUID(1, 2)), 3, 4, Instant.ofEpochSecond(5), entry);
    }
}
