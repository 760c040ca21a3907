package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.artifact.s3.Parts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PartsTest {
    private static final long MIB = 1 << 20;

    @Test
    void sendsAFileInPartsOfTheUsualLength() {
        assertThat(Parts.of(20 * MIB, List.of()))
                .containsExactly(new Part(0, 8 * MIB, null), new Part(8 * MIB, 12 * MIB, null));
    }

    @Test
    void takesWhatIsThere() {
        List<Part> there = List.of(new Part(0, 6 * MIB, "a"), new Part(6 * MIB, 9 * MIB, "b"));

        assertThat(Parts.of(16 * MIB, there))
                .containsExactly(there.get(0), there.get(1), new Part(15 * MIB, MIB, null));
    }

    @Test
    void takesAShortLastOne() {
        List<Part> there = List.of(new Part(0, 6 * MIB, "a"), new Part(6 * MIB, 9, "b"));

        assertThat(Parts.of(6 * MIB + 9, there)).containsExactlyElementsOf(there);
    }

    @Test
    void sendsAGapThatIsNoPartWithWhatFollows() {
        List<Part> there = List.of(new Part(0, 6 * MIB, "a"), new Part(7 * MIB, 6 * MIB, "b"));

        assertThat(Parts.of(13 * MIB, there)).containsExactly(there.get(0), new Part(6 * MIB, 7 * MIB, null));
    }

    @Test
    void makesPartsLongerRatherThanTooMany() {
        long length = 500L << 30;

        assertThat(Parts.of(length, List.of())).hasSizeLessThanOrEqualTo(Parts.MOST);
    }

    @Test
    void makesOfAnythingThePartsOfOneFile() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            long length = 1 + random.nextInt(200_000_000);
            List<Part> parts = Parts.of(length, some(random, length));

            long at = 0;
            for (Part part : parts) {
                assertThat(part.from()).isEqualTo(at);
                assertThat(part.length()).isPositive();
                if (part.end() < length) {
                    assertThat(part.length()).isGreaterThanOrEqualTo(Parts.LEAST);
                }
                at = part.end();
            }
            assertThat(at).isEqualTo(length);
        }
    }

    private static List<Part> some(Random random, long length) {
        List<Part> there = new ArrayList<>();
        long at = 0;
        while (at < length) {
            long gap = random.nextBoolean() ? 0 : random.nextInt(12_000_000);
            long part = 1 + random.nextInt(20_000_000);
            if (at + gap + part <= length) {
                there.add(new Part(at + gap, part, "object " + there.size()));
            }
            at += gap + part;
        }
        return there;
    }
}
