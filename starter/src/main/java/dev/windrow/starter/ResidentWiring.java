package dev.windrow.starter;

import dev.windrow.app.catalog.CatalogWiring;
import dev.windrow.app.outbox.TargetWiring;
import dev.windrow.app.outbox.TellingWiring;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.wiring.ApiWiring;
import dev.windrow.app.wiring.StoreWiring;
import dev.windrow.app.wiring.TimesCheck;
import dev.windrow.app.wiring.WorkerWiring;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.common.trace.Traces;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole of Windrow, wired for an application: as a server has it, but for who calls, and what an operator asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WindrowSettings.class)
@ImportAutoConfiguration(LifecycleAutoConfiguration.class)
@Import({
    TimesCheck.class,
    SettingsCheck.class,
    StoreWiring.class,
    CatalogWiring.class,
    TargetWiring.class,
    TellingWiring.class,
    WorkerWiring.class,
    ApiWiring.class
})
class ResidentWiring {
    @Bean
    Traces traces() {
        return NoTraces.NONE;
    }
}
