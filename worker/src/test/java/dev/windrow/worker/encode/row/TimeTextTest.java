package dev.windrow.worker.encode.row;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTextTest {
    private static final long SEED = 20_261_122;

    private final byte[] to = new byte[64];

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "2024-02-29T23:59:59.100Z",
                "2024-02-29T23:59:59.000001Z",
                "2024-02-29T23:59:59.000000001Z",
                "2024-02-29T23:59:59.120300Z",
                "2024-02-29T23:59:59.120300400Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-12345-06-07T08:09:10Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void writesAnInstantWithTheFractionThatItNeeds(String expected) {
        Instant instant = Instant.parse(expected);

        assertThat(text(instant)).isEqualTo(expected);
    }

    @Test
    void writesInstantsAsJavaTimeDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            int nano = (int) (random.nextInt(1_000_000_000) / Math.pow(1_000, random.nextInt(4)));
            check(Instant.ofEpochSecond(random.nextLong(-5_000_000_000L, 5_000_000_000L), nano));
            check(Instant.ofEpochSecond(
                    random.nextLong(-100_000_000_000L, 400_000_000_000L), nano * 1_000L % 1_000_000_000));
            check(Instant.ofEpochMilli(random.nextLong()));
        }
    }

    @Test
    void writesEveryDayOfTwelveCenturiesAsJavaTimeDoes() {
        long last = LocalDate.of(2600, 12, 31).toEpochDay();
        for (long day = LocalDate.of(1399, 1, 1).toEpochDay(); day <= last; day++) {
            assertThat(text(day)).isEqualTo(LocalDate.ofEpochDay(day).toString());
        }
    }

    @Test
    void writesRandomDaysAndTheLimitsAsJavaTimeDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            long day = random.nextLong(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay());
            assertThat(text(day)).isEqualTo(LocalDate.ofEpochDay(day).toString());
        }
        assertThat(text(LocalDate.MIN.toEpochDay())).isEqualTo("-999999999-01-01");
        assertThat(text(LocalDate.MAX.toEpochDay())).isEqualTo("+999999999-12-31");
    }

    @Test
    void refusesWhatIsNoDayOrInstant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeText.writeDate(Long.MAX_VALUE, to, 0))
                .withMessage("epochDay: 9223372036854775807");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeText.writeTimestamp(Long.MIN_VALUE, 0, to, 0))
                .withMessage("epochSecond: -9223372036854775808");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeText.writeTimestamp(0, 1_000_000_000, to, 0))
                .withMessage("nano: 1000000000");
    }

    private void check(Instant instant) {
        assertThat(text(instant)).isEqualTo(instant.toString());
    }

    private String text(Instant instant) {
        int end = TimeText.writeTimestamp(instant.getEpochSecond(), instant.getNano(), to, 3);
        assertThat(end - 3).isLessThanOrEqualTo(TimeText.LONGEST_TIMESTAMP);
        return new String(to, 3, end - 3, US_ASCII);
    }

    private String text(long epochDay) {
        int end = TimeText.writeDate(epochDay, to, 3);
        assertThat(end - 3).isLessThanOrEqualTo(TimeText.LONGEST_DATE);
        return new String(to, 3, end - 3, US_ASCII);
    }
}
