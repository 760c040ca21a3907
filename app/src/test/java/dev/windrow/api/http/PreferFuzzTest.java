package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PreferFuzzTest {
    private static final List<String> PARTS = List.of(
            "wait",
            "Wait",
            "=",
            "=",
            ";",
            ",",
            ", ",
            " ",
            "\t",
            "\"",
            "\\",
            "5",
            "0",
            "60",
            "99",
            "respond-async",
            "x");

    @Test
    void waitsNoLongerThanTheLimitAndForNobodyWhoDoesNotAsk() {
        Fuzz.check(60_000, random -> {
            String header = HostileText.of(random, PARTS, 14);

            OptionalInt seconds = Prefer.waitSeconds(List.of(header));

            seconds.ifPresent(found -> {
                assertThat(found).as(header).isBetween(0, Prefer.MOST_SECONDS);
                assertThat(header).containsIgnoringCase("wait").containsPattern("[0-9]");
            });
        });
    }

    @Test
    void seesTheWaitBehindAnyOtherPreferences() {
        List<String> before =
                List.of("", ",", "respond-async,", "a=b , ", "a=\"wait=9,\\\"\";x;y = z, ", "\t,", "a = , ");
        Fuzz.check(30_000, random -> {
            int seconds = random.nextInt(200);
            String header = HostileText.one(random, before)
                    + HostileText.one(random, before)
                    + HostileText.one(random, List.of("wait=", "WAIT = ", "wait=0"))
                    + seconds
                    + HostileText.one(random, List.of("", " ", ";a=b", ", wait=7", " , \"", "\t; , x"));

            assertThat(Prefer.waitSeconds(List.of(header))).as(header).hasValue(Math.min(60, seconds));
        });
    }
}
