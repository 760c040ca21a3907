package dev.windrow.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** How Windrow stands in the application. */
final class EmbeddedSettingsTest {
    private static EmbeddedSettings of(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("windrow.embedded", EmbeddedSettings.class);
    }

    @Test
    void areEnoughAsTheyAre() {
        assertThat(of(Map.of())).isEqualTo(new EmbeddedSettings(true, "/windrow", Map.of(), List.of("export"), null));
    }

    /** What editors complete. */
    @Test
    void areDescribed() throws IOException {
        try (InputStream in =
                EmbeddedSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<String> described = JsonMapper.builder()
                    .build()
                    .readTree(in)
                    .get("properties")
                    .valueStream()
                    .map(property -> property.get("name").stringValue())
                    .toList();
            assertThat(described)
                    .containsExactlyElementsOf(Arrays.stream(EmbeddedSettings.class.getRecordComponents())
                            .map(component -> "windrow.embedded." + component.getName())
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "exports", "/exports/", "/a//b", "/a/../b", "/a b", "/a/*", "/{x}"})
    void takeNoPathThatMayMeanSeveral(String path) {
        assertThatThrownBy(() -> new EmbeddedSettings(true, path, Map.of(), List.of("export"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windrow.embedded.path is \"" + path + "\"");
    }

    @Test
    void giveNobodyTheRoleThatMakesTokens() {
        assertThatThrownBy(() -> of(Map.of("windrow.embedded.roles.ROLE_ADMIN", "mint")))
                .rootCause()
                .hasMessageContaining("leave it out");
    }
}
