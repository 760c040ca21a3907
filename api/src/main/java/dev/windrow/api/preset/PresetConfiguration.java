package dev.windrow.api.preset;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.preset.Presets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Presets. The composition root provides their table, {@link Presets}. */
@Configuration(proxyBeanMethods = false)
public final class PresetConfiguration {
    @Bean
    PresetController presetController(Presets presets, Launches launches, Trail trail, JsonAnswers json, Clock clock) {
        return new PresetController(new SavedPresets(presets, launches, trail, json, clock), json);
    }
}
