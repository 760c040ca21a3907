package dev.windrow.app;

import dev.windrow.app.catalog.CatalogEnvironment;
import dev.windrow.app.catalog.CatalogWiring;
import dev.windrow.app.outbox.TargetWiring;
import dev.windrow.app.outbox.TellingWiring;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.traces.TraceWiring;
import dev.windrow.app.wiring.AccessWiring;
import dev.windrow.app.wiring.ApiWiring;
import dev.windrow.app.wiring.FrontWiring;
import dev.windrow.app.wiring.PortCheck;
import dev.windrow.app.wiring.SecurityCheck;
import dev.windrow.app.wiring.StoreWiring;
import dev.windrow.app.wiring.TimesCheck;
import dev.windrow.app.wiring.WorkerWiring;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole of Windrow, wired. Which parts of it run is the role's to say. */
@Configuration(proxyBeanMethods = false)
// The databases are opened by StoreWiring: there are several, and none is the one of Spring Boot's conventions. Mails
// are
// sent by the outbox alone, as windrow.mail has it.
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, MailSenderAutoConfiguration.class})
@EnableConfigurationProperties(WindrowSettings.class)
@Import({
    TimesCheck.class,
    SecurityCheck.class,
    FrontWiring.class,
    AccessWiring.class,
    TraceWiring.class,
    StoreWiring.class,
    CatalogWiring.class,
    TargetWiring.class,
    TellingWiring.class,
    WorkerWiring.class,
    ApiWiring.class,
    ServerWiring.class
})
class WindrowApplication {
    /** Starts it; returns once it serves. */
    static ConfigurableApplicationContext start(List<String> arguments) {
        return start(arguments, CatalogEnvironment.OF_THE_PROCESS);
    }

    /** The same, with a catalog whose variables are not all in the environment. */
    static ConfigurableApplicationContext start(List<String> arguments, CatalogEnvironment environment) {
        Termination.exitsWithZero();
        SpringApplication application = new SpringApplication(WindrowApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(new ManagementAddress(), new PortCheck());
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("catalogEnvironment", environment));
        return application.run(arguments.toArray(String[]::new));
    }
}
