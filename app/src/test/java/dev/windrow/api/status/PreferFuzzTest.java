package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.export.ExportId;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
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

    @Test
    void goesOnOnlyAfterAnExportThatACursorNames() {
        Fuzz.check(30_000, random -> {
            ExportId id = new ExportId(new UUID(random.nextLong(), random.nextLong()));
            String cursor = Cursor.after(id);
            String damaged = HostileText.damaged(random, cursor, List.of("A", "MTo", "-", "_", "=", "é", " "));

            assertThat(Cursor.parse(cursor)).contains(id);
            Cursor.parse(damaged)
                    .ifPresent(
                            read -> assertThat(Cursor.parse(Cursor.after(read))).contains(read));
        });
    }
}
