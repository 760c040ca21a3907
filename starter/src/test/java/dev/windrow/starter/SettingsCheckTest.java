package dev.windrow.starter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of a server that an application must not have. */
final class SettingsCheckTest {
    private static void check(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("windrow.security.mode", "application");
        new SettingsCheck(new Binder(new MapConfigurationPropertySource(all))
                        .bindOrCreate("windrow", WindrowSettings.class))
                .afterPropertiesSet();
    }

    @Test
    void areKeysThatNobodyWouldAskFor() {
        assertThatThrownBy(() -> check(Map.of("windrow.security.keys-file", "keys.yaml")))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("in an application its own security says who calls");
    }

    @Test
    void areADatabaseWhoseTablesMayBeTheApplications() {
        assertThatThrownBy(() -> check(Map.of("windrow.database.url", "jdbc:postgresql://db/shop")))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("currentSchema=windrow");
        assertThatCode(() -> check(Map.of("windrow.database.url", "jdbc:postgresql://db/shop?currentSchema=windrow")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }
}
