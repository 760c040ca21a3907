package dev.windrow.app.wiring;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.front.FrontConfiguration;
import dev.windrow.api.problem.ProblemConfiguration;
import dev.windrow.app.settings.WindrowSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What stands before every route of every role. */
@Configuration(proxyBeanMethods = false)
@Import({FrontConfiguration.class, ProblemConfiguration.class})
public class FrontWiring {
    @Bean
    PageHosts pageHosts(WindrowSettings settings) {
        return settings.page().reachedBy();
    }

    @Bean
    PageOrigins pageOrigins(WindrowSettings settings) {
        return new PageOrigins(settings.page().origins());
    }
}
