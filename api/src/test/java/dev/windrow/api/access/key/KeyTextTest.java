package dev.windrow.api.access.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyTextTest {
    @Test
    void makesKeysThatAreNeverTheSame() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String key = KeyText.make(new SecureRandom());
            assertThat(key).matches("wdr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");
            assertThat(KeyText.hasSlip(key)).isFalse();
            keys.add(key);
        }
        assertThat(keys).hasSize(1000);
    }

    @Test
    void noticesEveryWrongCharacterAndEveryLostOne() {
        String key = KeyText.make(new SecureRandom());
        for (int i = "wdr_".length(); i < key.length(); i++) {
            String wrong = key.charAt(i) == 'x' ? "y" : "x";
            assertThat(KeyText.hasSlip(key.substring(0, i) + wrong + key.substring(i + 1)))
                    .as(String.valueOf(i))
                    .isTrue();
            assertThat(KeyText.hasSlip(key.substring(0, i) + key.substring(i + 1)))
                    .as(String.valueOf(i))
                    .isTrue();
            assertThat(KeyText.hasSlip(key.substring(0, i))).isTrue();
        }
        assertThat(KeyText.hasSlip(key + "\n")).isTrue();
    }

    @Test
    void knowsAKeyOfEarlierVersions() {
        assertThat(KeyText.hasSlip("wdr_00000000_0000000000000000000000000000000000000000000_0PNBXy"))
                .isFalse();
    }

    /** As {@code printf %s key | sha256sum} has it. */
    @Test
    void hashesTheUtf8OfTheText() {
        assertThat(KeyText.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(KeyText.sha256("é")).isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }
}
