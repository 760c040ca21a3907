package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.http.Preconditions.Outcome;
import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionsFuzzTest {
    private static final String TAG = "\"b\"";
    private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> TAGS =
            List.of("\"b\"", "\"b\"", "W/\"b\"", "\"\"", "\"a,b\"", "\"a\"", "W/\"\"", "\"é\"");
    private static final List<String> PARTS =
            List.of("\"", "W/", "w/", "*", ",", " ", "\t", "a", "b", "\"b\"", "\"c\"", "\u00e9", "\u007f");

    /** A list that is written as the RFC has it is read as it was meant, however many lines and blanks it has. */
    @Test
    void findsATagInAListIfAndOnlyIfItIsThere() {
        Fuzz.check(25_000, random -> {
            List<String> listed = new ArrayList<>();
            List<String> lines = lines(random, listed);

            assertThat(EntityTags.matchesStrongly(lines, TAG)).as("%s", lines).isEqualTo(listed.contains(TAG));
            assertThat(EntityTags.matchesWeakly(lines, TAG))
                    .as("%s", lines)
                    .isEqualTo(listed.contains(TAG) || listed.contains("W/" + TAG));
        });
    }

    @Test
    void takesNoBrokenListForOneThatNamesTheTag() {
        Fuzz.check(25_000, random -> {
            List<String> lines = List.of(HostileText.of(random, PARTS, 10));
            Preconditions conditions = new Preconditions(lines, null, lines, null, lines.get(0));

            boolean strong = EntityTags.matchesStrongly(lines, TAG);
            if (strong && !lines.get(0).trim().equals("*")) {
                assertThat(lines.get(0)).contains(TAG);
                assertThat(EntityTags.matchesWeakly(lines, TAG)).isTrue();
            }
            assertThat(conditions.evaluate(TAG, MODIFIED)).isEqualTo(strong ? Outcome.NOT_MODIFIED : Outcome.FAILED);
            assertThat(conditions.allowsRange(TAG, MODIFIED))
                    .isEqualTo(lines.get(0).equals(TAG));
        });
    }

    @Test
    void readsEveryDateInAllThreeForms() {
        Fuzz.check(6_000, random -> {
            // From 1976 on: the oldest form has two digits for the year.
            ZonedDateTime date = Instant.ofEpochSecond(189_302_400L + (long) (random.nextDouble() * 3_000_000_000L))
                    .atZone(ZoneOffset.UTC);
            String day = date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.US);
            String month = date.getMonth().getDisplayName(TextStyle.SHORT, Locale.US);
            String time = date.toString().length() > 17 && date.getSecond() > 0
                    ? date.toString().substring(11, 19)
                    : date.toString().substring(11, 16) + ":00";

            assertThat(List.of(
                            HttpDates.format(date.toInstant()),
                            String.format(
                                    Locale.ROOT,
                                    "%s, %02d-%s-%02d %s GMT",
                                    day,
                                    date.getDayOfMonth(),
                                    month,
                                    date.getYear() % 100,
                                    time),
                            String.format(
                                    Locale.ROOT,
                                    "%.3s %s %2d %s %d",
                                    day,
                                    month,
                                    date.getDayOfMonth(),
                                    time,
                                    date.getYear())))
                    .allSatisfy(
                            text -> assertThat(HttpDates.parse(text)).as(text).contains(date.toInstant()));
        });
    }

    @Test
    void readsADamagedDateAsNoneOrAsOneThatCanBeWritten() {
        List<String> parts = List.of("1", "0", " ", ":", "GMT", "Feb", "29", "Mon", "9999", "-", ",", "UTC", "+1");
        Fuzz.check(8_000, random -> {
            String text = HostileText.damaged(random, "Sun, 06 Nov 1994 08:49:37 GMT", parts);

            Optional<Instant> date = HttpDates.parse(text);

            date.ifPresent(read ->
                    assertThat(HttpDates.parse(HttpDates.format(read))).as(text).contains(read));
        });
    }

    @Test
    void takesGzipOnlyFromThoseWhoNameItOrAll() {
        List<String> parts =
                List.of("gzip", "x-gzip", "*", "identity", ";q=", "0", "1", ".", "0.5", ",", " ", "\t", "br");
        Fuzz.check(40_000, random -> {
            String header = HostileText.of(random, parts, 10);

            if (AcceptEncoding.prefersGzip(List.of(header))) {
                assertThat(header.toLowerCase(Locale.ROOT)).containsAnyOf("gzip", "*");
            }
        });
    }

    private static List<String> lines(Random random, List<String> listed) {
        List<String> lines = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            StringBuilder line = new StringBuilder();
            int tags = random.nextInt(4);
            for (int j = 0; j < tags; j++) {
                String tag = HostileText.one(random, TAGS);
                listed.add(tag);
                line.append(HostileText.one(random, List.of("", " ", "\t", ",", " ,\t")));
                line.append(tag);
                line.append(HostileText.one(random, List.of("", " ", "\t"))).append(',');
            }
            lines.add(
                    random.nextBoolean() && line.length() > 0 ? line.substring(0, line.length() - 1) : line.toString());
        }
        return lines;
    }
}
