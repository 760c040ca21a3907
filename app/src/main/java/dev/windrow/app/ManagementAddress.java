package dev.windrow.app;

import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Has a port of management listen where the server itself does. Without an address of its own, Spring Boot would have
 * it listen on all that there are; and where there is no such port, it takes no address for it.
 */
final class ManagementAddress implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String OWN = "management.server.address";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String address = environment.getProperty("server.address");
        if (address != null
                && !StringUtils.hasText(environment.getProperty(OWN))
                && ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            // First, since one that is set to nothing is an address to Spring Boot, and stands for all.
            environment.getPropertySources().addFirst(new MapPropertySource("management", Map.of(OWN, address)));
        }
    }
}
