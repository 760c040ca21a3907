package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.export.jdbc.StatusDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The one clock of the product. */
final class ClockTest {
    @TempDir
    private Path folder;

    @Test
    void ticksInWhatTheStatusTableKeeps() {
        WindrowSettings settings =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("windrow", WindrowSettings.class);
        try (StatusDatabase status = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null)) {
            assertThat(new StoreWiring().clock(settings, status)).isEqualTo(Clock.tickMillis(ZoneOffset.UTC));
        }
    }
}
