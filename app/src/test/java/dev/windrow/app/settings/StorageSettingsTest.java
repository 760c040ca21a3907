package dev.windrow.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

final class StorageSettingsTest {
    @Test
    void leavesReserveAndBudgetToTheDiskByDefault() {
        WindrowSettings.Storage storage = bound(Map.of()).storage();

        assertThat(storage.reserve()).isNull();
        assertThat(storage.budget()).isNull();
    }

    @Test
    void readsSizes() {
        WindrowSettings.Storage storage = bound(
                        Map.of("windrow.storage.reserve", "2GB", "windrow.storage.budget", "500MB"))
                .storage();

        assertThat(storage.reserve()).isEqualTo(DataSize.ofGigabytes(2));
        assertThat(storage.budget()).isEqualTo(DataSize.ofMegabytes(500));
    }

    @Test
    void refusesASizeBelowZero() {
        assertThatThrownBy(() -> bound(Map.of("windrow.storage.budget", "-1MB")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("windrow.storage.budget is -1048576B; say a size such as 1GB, or 0");
    }

    private static WindrowSettings bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("windrow", WindrowSettings.class);
    }
}
