package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RangeHeaderFuzzTest {
    private static final Pattern SPEC = Pattern.compile("[ \t]*(\\p{Digit}*)-(\\p{Digit}*)[ \t]*");
    private static final List<String> PARTS = List.of(
            "-",
            "-",
            "-",
            ",",
            ", ",
            "\t",
            " ",
            "0",
            "1",
            "2",
            "7",
            "9",
            "10",
            "99",
            "100",
            "101",
            "0000",
            "bytes=",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999");

    /** Against the same rules in big numbers. */
    @Test
    void givesWhatTheRfcSaysAndNothingBeyondTheFile() {
        Fuzz.check(100_000, random -> {
            long size = HostileText.one(random, List.of(0L, 1L, 2L, 100L, 101L, 1L << 40));
            String header = (random.nextInt(9) > 0 ? "bytes=" : "") + HostileText.of(random, PARTS, 12);

            Optional<List<ByteRange>> ranges = RangeHeader.parse(header, size);

            assertThat(ranges).as("%s of %s", header, size).isEqualTo(expected(header, size));
            ranges.ifPresent(found ->
                    assertThat(found).allSatisfy(one -> assertThat(one.last()).isLessThan(size)));
        });
    }

    @Test
    void sendsEveryByteThatWasAskedForOnceAndNoOther() {
        Fuzz.check(20_000, random -> {
            int size = 2 + random.nextInt(random.nextBoolean() ? 30 : 20_000);
            List<ByteRange> asked = ranges(random, size);

            Spans.coalesce(asked, size)
                    .ifPresent(spans -> assertThat(bytes(spans))
                            .as("%s of %s", asked, size)
                            .isEqualTo(bytes(asked))
                            .satisfies(all -> assertThat(spans.stream()
                                            .mapToLong(ByteRange::length)
                                            .sum())
                                    .isEqualTo(all.cardinality())));
        });
    }

    private static List<ByteRange> ranges(Random random, int size) {
        List<ByteRange> ranges = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(size);
            ranges.add(new ByteRange(first, Math.min(size - 1, first + random.nextInt(1 + random.nextInt(size)))));
        }
        return ranges;
    }

    private static BitSet bytes(List<ByteRange> ranges) {
        BitSet bytes = new BitSet();
        ranges.forEach(range -> bytes.set((int) range.first(), (int) range.last() + 1));
        return bytes;
    }

    private static Optional<List<ByteRange>> expected(String header, long size) {
        if (size == 0 || !header.startsWith("bytes=")) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int seen = 0;
        for (String member : header.substring("bytes=".length()).split(",", -1)) {
            Matcher spec = SPEC.matcher(member);
            if (member.chars().allMatch(c -> c == ' ' || c == '\t')) {
                continue;
            }
            seen++;
            if (!spec.matches() || spec.group(1).isEmpty() && spec.group(2).isEmpty()) {
                return Optional.empty();
            }
            BigInteger first = spec.group(1).isEmpty()
                    ? BigInteger.valueOf(size)
                            .subtract(new BigInteger(spec.group(2)))
                            .max(BigInteger.ZERO)
                    : new BigInteger(spec.group(1));
            BigInteger last = spec.group(1).isEmpty() || spec.group(2).isEmpty()
                    ? BigInteger.valueOf(size - 1)
                    : new BigInteger(spec.group(2));
            if (!spec.group(1).isEmpty() && !spec.group(2).isEmpty() && last.compareTo(first) < 0) {
                return Optional.empty();
            }
            if (first.compareTo(BigInteger.valueOf(size)) < 0) {
                ranges.add(new ByteRange(
                        first.longValueExact(),
                        last.min(BigInteger.valueOf(size - 1)).longValueExact()));
            }
        }
        return seen == 0 ? Optional.empty() : Optional.of(ranges);
    }
}
