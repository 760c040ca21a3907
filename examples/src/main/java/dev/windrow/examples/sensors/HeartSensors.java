package dev.windrow.examples.sensors;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The two sensors that are made of an electrocardiogram: the recording itself, and it again and again for a load. */
final class HeartSensors {
    static final String LOAD = "load";
    /** The load begins with 2024 and has a reading each ten milliseconds. */
    static final long LOAD_START_MS =
            LocalDateTime.of(2024, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    static final long LOAD_STEP_MS = 10;

    private static final long SEED = 4_000_037;
    private static final int ZERO_LEVEL = 1024;
    private static final int HERTZ = 360;

    private final int[] ecg;

    HeartSensors() throws IOException {
        ecg = RealData.lines("ecg_mitbih208.csv.gz").stream()
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    Sensor load(long rows) {
        Stream<Reading> readings = LongStream.range(0, rows).mapToObj(this::loadReading);
        return new Sensor(LOAD, "Pump 7, line 3 – vibration \"z\"", "mm/s", "ECG repeated with drift", readings);
    }

    Sensor recording() {
        long start =
                LocalDateTime.of(2001, 2, 3, 4, 5, 6).toInstant(ZoneOffset.UTC).toEpochMilli();
        Stream<Reading> readings = IntStream.range(0, ecg.length)
                .mapToObj(i -> new Reading(
                        start + i * 1000L / HERTZ,
                        (ecg[i] - ZERO_LEVEL) / 200.0,
                        ecg[i] < 400 || ecg[i] > 1700 ? Reading.UNCERTAIN : Reading.GOOD));
        return new Sensor("ecg-208", "MIT-BIH 208 lead MLII", "mV", "ecg_mitbih208", readings);
    }

    /** Values are multiples of 0.001 below 1,000, which every printer of shortest digits prints alike. */
    private Reading loadReading(long i) {
        Chance chance = Chance.of(SEED + i);
        long time = LOAD_START_MS + i * LOAD_STEP_MS;
        boolean lost = chance.below(27, 256) == 0;
        boolean uncertain = chance.below(20, 128) == 0;
        if (lost && !uncertain) {
            return new Reading(time, null, Reading.BAD);
        }
        long drift = i / ecg.length * 37 % 101 - 50;
        long noise = chance.below(3);
        long thousandths = 5L * (ecg[(int) (i % ecg.length)] - ZERO_LEVEL) + drift + noise;
        return new Reading(time, thousandths / 1000.0, uncertain ? Reading.UNCERTAIN : Reading.GOOD);
    }
}
