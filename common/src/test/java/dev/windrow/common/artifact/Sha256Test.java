package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The digests are FIPS 180-4's own examples. */
final class Sha256Test {
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isOfAllThatWasAdded() {
        Sha256 sha256 = new Sha256();
        byte[] bytes = "-abc-".getBytes(StandardCharsets.US_ASCII);
        sha256.update(bytes, 1, 1);
        sha256.update(bytes, 2, 2);

        assertThat(sha256.hex()).isEqualTo(OF_ABC);
    }

    @Test
    void beginsAnewOnceItWasAskedFor() {
        Sha256 sha256 = new Sha256();
        sha256.update(new byte[] {1}, 0, 1);
        sha256.hex();

        assertThat(sha256.hex()).isEqualTo(OF_NOTHING);
    }

    @Test
    void isOfAWholeArray() {
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(OF_ABC);
    }
}
