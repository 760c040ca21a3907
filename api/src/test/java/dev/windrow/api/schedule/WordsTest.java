package dev.windrow.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.TestCatalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {
    /** In Berlin it is the next day by then, and the day before had 23 hours. */
    private static final Instant DUE = Instant.parse("2026-03-29T22:30:00Z");

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Words words = new Words(DUE, Instant.parse("2026-03-28T01:00:00.123Z"), BERLIN);

    private static Parameter parameter(String name, ParameterType type, boolean list) {
        return new Parameter(
                name,
                new Parameter.Kind(
                        type, list, type == ParameterType.TIMESTAMP ? Parameter.TimestampBinding.MILLIS : null),
                false,
                null,
                Parameter.Words.NONE,
                Parameter.Limits.NONE);
    }

    private static Dataset dataset() {
        Dataset sensors = TestCatalog.sensors();
        return new Dataset(
                sensors.label(),
                sensors.reading(),
                sensors.formats(),
                List.of(
                        parameter("day", ParameterType.DATE, false),
                        parameter("time", ParameterType.TIMESTAMP, false),
                        parameter("millis", ParameterType.INTEGER, false),
                        parameter("text", ParameterType.STRING, false),
                        parameter("days", ParameterType.DATE, true)),
                null,
                sensors.files());
    }

    private Object resolved(String name, Object value) {
        return words.resolve(dataset(), Map.of(name, value)).get(name);
    }

    @Test
    void areMomentsInTheSchedulesZone() {
        assertThat(resolved("day", "today")).isEqualTo("2026-03-30");
        assertThat(resolved("day", "today-30d")).isEqualTo("2026-02-28");
        assertThat(resolved("day", "now")).isEqualTo("2026-03-30");
        assertThat(resolved("day", "lastRun")).isEqualTo("2026-03-28");
        assertThat(resolved("time", "now")).isEqualTo("2026-03-29T22:30:00Z");
        assertThat(resolved("time", "today")).isEqualTo("2026-03-29T22:00:00Z");
        assertThat(resolved("time", "lastRun")).isEqualTo("2026-03-28T01:00:00.123Z");
        assertThat(resolved("millis", "today"))
                .isEqualTo(Instant.parse("2026-03-29T22:00:00Z").toEpochMilli());
    }

    @Test
    void moveByDaysAsTheZoneHasThemAndByHours() {
        assertThat(resolved("time", "today-1d")).isEqualTo("2026-03-28T23:00:00Z");
        assertThat(resolved("time", "today-24h")).isEqualTo("2026-03-28T22:00:00Z");
        assertThat(resolved("time", "now+2h")).isEqualTo("2026-03-30T00:30:00Z");
        assertThat(resolved("time", "lastRun-1h")).isEqualTo("2026-03-28T00:00:00.123Z");
        assertThat(resolved("days", List.of("today", "2026-01-01", "today-1d")))
                .isEqualTo(List.of("2026-03-30", "2026-01-01", "2026-03-29"));
    }

    @Test
    void areTextWhereTextIsMeantAndInNoOtherForm() {
        assertThat(resolved("text", "today")).isEqualTo("today");
        for (String other : Arrays.asList("Today", "today-30", "today-30w", "now - 1d", "lastrun", "today-12345d")) {
            assertThat(resolved("day", other)).isEqualTo(other);
        }
    }

    @Test
    void leaveOutWhatNamesTheLastRunBeforeTheFirst() {
        Words first = new Words(DUE, null, BERLIN);
        assertThat(first.resolve(
                        dataset(), Map.of("millis", "lastRun", "time", "lastRun-1h", "days", List.of("lastRun"))))
                .isEqualTo(Map.of("days", List.of()));
    }

    @Test
    void tellUpToWhenTheRowsWillBeThere() {
        assertThat(words.until()).isNull();
        words.resolve(dataset(), Map.of("millis", "lastRun"));
        assertThat(words.until()).isNull();
        words.resolve(dataset(), Map.of("time", "now", "millis", "today"));
        assertThat(words.until()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }
}
