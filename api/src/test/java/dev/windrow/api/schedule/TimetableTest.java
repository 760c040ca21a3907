package dev.windrow.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
    private static Timetable times(String cron, String zone) {
        return Timetable.of(Timetable.cron(cron), Timetable.zone(zone));
    }

    private static List<String> from(String cron, String zone, String time, int count) {
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(time);
        for (int i = 0; i < count; i++) {
            at = times(cron, zone).after(at);
            found.add(String.valueOf(at));
        }
        return found;
    }

    @Test
    void readsItsFieldsInItsZone() {
        assertThat(from("0 0 3 * * MON-FRI", "Europe/Berlin", "2026-01-02T00:00:00Z", 3))
                .containsExactly("2026-01-02T02:00:00Z", "2026-01-05T02:00:00Z", "2026-01-06T02:00:00Z");
        assertThat(from("*/20 * * * * *", "UTC", "2026-01-02T00:00:00.500Z", 2))
                .containsExactly("2026-01-02T00:00:20Z", "2026-01-02T00:00:40Z");
        assertThat(from(" @daily ", "+02:00", "2026-01-02T00:00:00Z", 1)).containsExactly("2026-01-02T22:00:00Z");
    }

    @Test
    void isDueOnceAtTheEndOfAnHourThatIsNotThere() {
        // Berlin, 29 March 2026: after 01:59:59 comes 03:00:00, which is 01:00 UTC.
        assertThat(from("0 30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(from("0 */10 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
        assertThat(from("0 0,30 2-3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
        // Cairo, 24 April 2026: there is no midnight.
        assertThat(from("0 0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", 2))
                .containsExactly("2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
    }

    @Test
    void isDueOnceInAnHourThatComesTwice() {
        // Berlin, 25 October 2026: 02:00 to 03:00 comes from 00:00 UTC and again from 01:00 UTC.
        assertThat(from("0 30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        // Asked in the second of the two hours.
        assertThat(from("0 30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void goesByTheTimeThatHasPassedWhereEachHourIsMeant() {
        assertThat(from("0 30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z", "2026-10-25T03:30:00Z");
        assertThat(from("0 0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 3))
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(from("0 30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
        assertThat(from("0 0 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @Test
    void neverStandsStillOverAYearOfAnyZone() {
        for (String zone : List.of("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia")) {
            for (String cron : List.of("0 30 */3 * * *", "0 15 0-3 * * *")) {
                Instant at = Instant.parse("2011-12-25T00:00:00Z");
                while (at.isBefore(Instant.parse("2012-12-31T00:00:00Z"))) {
                    Instant next = times(cron, zone).after(at);
                    assertThat(next).as(cron + " in " + zone + " after " + at).isAfter(at);
                    at = next;
                }
            }
        }
    }

    @Test
    void findsTheLastTimeThatIsOver() {
        Timetable nightly = times("0 0 3 * * *", "UTC");
        Instant due = Instant.parse("2026-01-01T03:00:00Z");
        assertThat(nightly.last(due, due)).isEqualTo(due);
        assertThat(nightly.last(due, Instant.parse("2026-01-02T02:59:59.999Z"))).isEqualTo(due);
        assertThat(nightly.last(due, Instant.parse("2028-05-05T03:00:00Z")))
                .isEqualTo(Instant.parse("2028-05-05T03:00:00Z"));
        assertThat(times("* * * * * *", "UTC").last(due, Instant.parse("2028-05-05T03:00:00.999Z")))
                .isEqualTo(Instant.parse("2028-05-05T03:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * * | has 5 fields and must have 6: seconds come first, so that it may be \"0 0 3 * * *\"",
                "0 0 3 * * ? 2026 | must have 6 fields (second, minute, hour, day of the month, month, day of the week)",
                "'' | must have 6 fields",
                "@reboot | has a word that is none of @hourly, @daily, @weekly, @monthly, @yearly",
                "0 0 25 * * * | has a field that can't be read: ",
                "0 0 3 * * FUNDAY | has a field that can't be read: ",
                "x x x x x x | has a field that can't be read: ",
                "0 0 3 30 2 * | names a time that never comes",
                "0 0/0 3 * * * | has a field that can't be read: ",
                "0 -5 3 * * * | has a field that can't be read: "
            })
    void saysWhatIsWrongWithACron(String cron, String words) {
        assertThatThrownBy(() -> Timetable.cron(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words.strip());
    }

    @Test
    void readsNoCronThatIsLongerThanAnyNeed() {
        assertThatThrownBy(() -> Timetable.cron("0 " + "1,".repeat(200) + "1 3 * * *"))
                .hasMessage("must have at most 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mars/Olympus", "europe/berlin", "CEST", "../etc", "+99:00"})
    void saysWhatIsWrongWithAZone(String zone) {
        assertThatThrownBy(() -> Timetable.zone(zone)).hasMessageStartingWith("must be a time zone by its name");
    }
}
