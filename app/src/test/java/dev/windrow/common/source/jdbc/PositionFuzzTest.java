package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.SourceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PositionFuzzTest {
    private static final List<String> PARTS = List.of(
            "null",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "l:",
            "d:",
            "n:",
            "s:",
            "b:",
            "D:",
            "t:",
            "z:",
            "u:",
            "x:",
            "0",
            "-",
            "1e9",
            "NaN",
            "Infinity",
            "0x1p3",
            "9223372036854775808",
            "2026-02-30",
            "AA=",
            "row",
            "\\ud800",
            " desc");

    @Test
    void readsBackToTheLastBitWhatItWrote() {
        Fuzz.check(15_000, random -> {
            List<KeyPart> key = key(random);
            Object[] values = key.stream().map(part -> value(random)).toArray();
            String row = random.nextBoolean() ? null : HostileText.whole(random, 20);

            String text = Position.write(key, values, row);
            Position read = Position.read(text, key, "f");

            assertThat(text.chars()).allMatch(c -> c >= ' ' && c < 0x80);
            assertThat(read.values()).as(text).isEqualTo(values);
            assertThat(read.row()).isEqualTo(row);
        });
    }

    /** What was damaged is refused, or is a position again. */
    @Test
    void refusesWhatIsNoPosition() {
        Fuzz.check(20_000, random -> {
            List<KeyPart> key = key(random);
            Object[] values = key.stream().map(part -> value(random)).toArray();
            String text = random.nextInt(20) == 0
                    ? HostileText.of(random, PARTS, 5)
                    : HostileText.damaged(random, Position.write(key, values, "r"), PARTS);
            try {
                Position read = Position.read(text, key, "f");
                assertThat(read.values()).as(text).hasSameSizeAs(key).doesNotContainNull();
                String again = Position.write(key, read.values(), read.row());
                assertThat(Position.read(again, key, "f").values()).as(text).isEqualTo(read.values());
            } catch (SourceException e) {
                assertThat(e.detail())
                        .isIn(
                                "The key of file f is not the one that the export began with.",
                                "A stored position in file f can't be read.");
            }
        });
    }

    private static List<KeyPart> key(Random random) {
        List<KeyPart> key = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            key.add(new KeyPart(HostileText.whole(random, 6), random.nextBoolean()));
        }
        return key;
    }

    private static Object value(Random random) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(random.nextLong() >> 25, random.nextInt(1_000_000_000), ZoneOffset.UTC);
        return switch (random.nextInt(9)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(60) - 30);
            case 3 -> LocalDate.ofEpochDay(random.nextInt(10_000_000) - 5_000_000L);
            case 4 -> time;
            case 5 -> OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(random.nextInt(129_601) - 64_800));
            case 6 -> new UUID(random.nextLong(), random.nextLong());
            case 7 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            default -> HostileText.whole(random, 20);
        };
    }
}
