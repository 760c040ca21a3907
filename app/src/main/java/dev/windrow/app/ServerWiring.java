package dev.windrow.app;

import dev.windrow.api.front.FrontConfiguration;
import dev.windrow.app.home.Home;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.signals.DatedHealth;
import dev.windrow.app.wiring.ReadyLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a server of our own has beside Windrow: the endpoints of its operator. */
@Configuration(proxyBeanMethods = false)
class ServerWiring {
    @Bean
    ReadyLog readyLog(
            WindrowSettings settings,
            Home home,
            @Value("${spring.lifecycle.timeout-per-shutdown-phase:30s}") Duration patience) {
        return new ReadyLog(settings, home, patience);
    }

    /** By the names that health has for them. */
    @Bean
    PartsInfo partsInfo(Map<String, DatedHealth> indicators) {
        Map<String, DatedHealth> parts = new HashMap<>();
        indicators.forEach((bean, part) -> parts.put(bean.replaceFirst("HealthIndicator$", ""), part));
        return new PartsInfo(parts);
    }

    /**
     * The front once more for {@code management.server.port}, where it is another one; Spring Boot finds it by the list
     * in META-INF/spring.
     */
    @ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
    @Import(FrontConfiguration.class)
    static class OfManagement {}
}
