package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.BoundParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StarterTest {
    @Test
    void cutsALongValueBetweenCharacters() {
        BoundParameters parameters = new BoundParameters(Map.of("id", "a".repeat(199) + "🎉🎉"), Map.of());

        assertThat(Starter.fill("No {id}{other}", parameters)).isEqualTo("No " + "a".repeat(199) + "…");
    }
}
