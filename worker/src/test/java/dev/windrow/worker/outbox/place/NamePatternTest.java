package dev.windrow.worker.outbox.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    private static final Instant FINISHED = Instant.parse("2026-03-31T23:59:58.999Z");

    private static String named(String pattern, String owner, String fileName) {
        ExportId id = new ExportId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0001L));
        ExportRequest request =
                new ExportRequest("orders", Format.CSV, Map.of(), List.of("c"), FormatOptions.DEFAULT, fileName);
        return new NamePattern(pattern).of(Export.queued(id, owner, request, FINISHED), FINISHED);
    }

    @Test
    void fillsInWhatIsKnownOfTheExport() {
        assertThat(named(NamePattern.USUAL, "ann", "march.zip")).isEqualTo("orders/2026-03-31/march.zip");
        assertThat(named("{owner}/{date}T{time}-{id}.zip", "ann", "march.zip"))
                .isEqualTo("ann/2026-03-31T235958-01930000-0000-7000-8000-000000000001.zip");
        assertThat(named("{dataset}.zip", "ann", "march.zip")).isEqualTo("orders.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "..", "/root", "a/b", "a\\b", "\u0000", "", " . ", "{id}", "CON", "a\nb"})
    void letsNoValueLeaveItsPartOfThePath(String hostile) {
        String name = named("in/{owner}/{fileName}", hostile, hostile);

        assertThat(name.split("/", -1)).hasSize(3).doesNotContain("", ".", "..", "CON");
        assertThat(name).startsWith("in/").doesNotContain("\\", "\n", "\u0000");
        assertThat(named("{owner}", "{id}", "x.zip")).isEqualTo("{id}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/{fileName}",
                "{fileName}/",
                "a//{fileName}",
                "../{fileName}",
                "a/../{fileName}",
                "./{fileName}",
                "a\\{fileName}",
                "{fileName",
                "{file}",
                "a}",
                "con/{fileName}",
                "a:{fileName}",
                "a\u0000/{fileName}"
            })
    void refusesAPatternThatIsNoPathBelowThePlace(String wrong) {
        assertThatThrownBy(() -> new NamePattern(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
