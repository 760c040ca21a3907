package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {
    private static final Instant TIME = Instant.parse("2026-11-06T08:49:37Z");

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 06 Nov 2026 08:49:37 GMT", "Friday, 06-Nov-26 08:49:37 GMT", "Fri Nov  6 08:49:37 2026"})
    void readsAllThreeForms(String text) {
        assertThat(HttpDates.parse(text)).contains(TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Mon, 06 Nov 2026 08:49:37 GMT",
                "Fri, 06 Nov 2026 08:49:37 CET",
                "2026-11-06T08:49:37Z",
                "\"tag\"",
                "Fri, 06 Nov 2026 25:00:00 GMT"
            })
    void ignoresWhatIsNoDate(String text) {
        assertThat(HttpDates.parse(text)).isEmpty();
    }

    @Test
    void writesTheOneForm() {
        assertThat(HttpDates.format(TIME)).isEqualTo("Fri, 06 Nov 2026 08:49:37 GMT");
        assertThat(HttpDates.parse(null)).isEmpty();
    }
}
