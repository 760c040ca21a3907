package dev.windrow.starter;

import dev.windrow.api.access.gate.ApplicationCallers;
import dev.windrow.app.catalog.CatalogEnvironment;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.wiring.Version;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Windrow in its own context, which is no child of the application's: neither sees a bean of the other but those that
 * are handed over here. Opened and closed by one thread at a time.
 */
final class Resident {
    private static final Logger log = LoggerFactory.getLogger(Resident.class);
    /** And what tests of an application have in place of a server. */
    private static final List<String> SERVERS = List.of("Apache Tomcat/", "MockServletContext");

    private final ConfigurableListableBeanFactory application;
    private final ConfigurableEnvironment environment;
    private final EmbeddedSettings settings;
    private final Door door = new Door();
    private @Nullable ConfigurableApplicationContext context;

    Resident(
            ConfigurableListableBeanFactory application,
            ConfigurableEnvironment environment,
            EmbeddedSettings settings) {
        this.application = application;
        this.environment = environment;
        this.settings = settings;
    }

    /** What leads to it, from before it is opened until after it is closed. */
    Door door() {
        return door;
    }

    /**
     * Starts it, worker and all.
     *
     * @param servlets null where the application serves nothing
     */
    void open(@Nullable ServletContext servlets) {
        String mode = environment.getProperty("windrow.security.mode");
        if (mode != null) {
            throw new RefusedStartException("windrow.security.mode is " + mode + ", and in an application its own"
                    + " security says who calls: remove the setting");
        }
        OwnEnvironment own = new OwnEnvironment(environment);
        boolean serves = !"worker".equalsIgnoreCase(own.getProperty("windrow.role"));
        ServletContext served = serves ? checked(servlets) : null;
        GenericApplicationContext opened = context(own, served);
        try {
            opened.refresh();
            opened.getBeansOfType(MeterBinder.class)
                    .values()
                    .forEach(meters -> meters.bindTo(opened.getBean(MeterRegistry.class)));
            if (served != null) {
                door.lead(passage(opened, served));
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        context = opened;
        WindrowSettings windrow = opened.getBean(WindrowSettings.class);
        log.info(
                "Windrow {} is in this application as {}, {}",
                Version.get(),
                windrow.role(),
                served == null ? "and serves nothing" : "below " + served.getContextPath() + settings.path() + "/");
    }

    private static ServletContext checked(@Nullable ServletContext servlets) {
        if (servlets == null) {
            throw new RefusedStartException("The application has no web server, and windrow.role is not worker, so that"
                    + " nobody could reach the exports: set windrow.role=worker");
        }
        if (SERVERS.stream().noneMatch(servlets.getServerInfo()::startsWith)) {
            throw new RefusedStartException("Windrow's API has been tried on Tomcat alone, and this application's web"
                    + " server is " + servlets.getServerInfo()
                    + ": use Tomcat, or set windrow.role=worker and serve the API by a server of its own");
        }
        return servlets;
    }

    private GenericApplicationContext context(OwnEnvironment own, @Nullable ServletContext served) {
        GenericApplicationContext made =
                served == null ? new GenericApplicationContext() : new GenericWebApplicationContext(served);
        made.setDisplayName("Windrow");
        made.setEnvironment(own);
        made.setAllowBeanDefinitionOverriding(false);
        made.setAllowCircularReferences(false);
        DefaultListableBeanFactory beans = made.getDefaultListableBeanFactory();
        beans.setConversionService(own.getConversionService());
        beans.registerSingleton("catalogEnvironment", new CatalogEnvironment(Map.of(), new BeanSources(application)));
        MeterRegistry meters = application.getBeanProvider(MeterRegistry.class).getIfUnique();
        beans.registerSingleton("meterRegistry", meters == null ? new SimpleMeterRegistry() : meters);
        beans.registerSingleton("applicationCallers", (ApplicationCallers) new UserCallers(settings));
        new AnnotatedBeanDefinitionReader(made, own)
                .register(served == null ? ResidentWiring.class : ResidentApi.class);
        return made;
    }

    private static Passage passage(GenericApplicationContext opened, ServletContext served) {
        DispatcherServlet dispatcher = new DispatcherServlet((GenericWebApplicationContext) opened);
        // The application's is found by that attribute.
        dispatcher.setPublishContext(false);
        List<FilterRegistrationBean<?>> filters = new ArrayList<>();
        opened.getBeansOfType(FilterRegistrationBean.class).values().forEach(filters::add);
        try {
            dispatcher.init(new Config("windrow", served));
            return Passage.of(filters, dispatcher, served);
        } catch (ServletException e) {
            throw new IllegalStateException("Windrow's servlet does not start", e);
        }
    }

    /** Hands running exports back, and ends answers that would go on; requests go on to be answered. */
    void rest() {
        ConfigurableApplicationContext open = context;
        if (open != null) {
            open.stop();
        }
    }

    void close() {
        door.lead(null);
        ConfigurableApplicationContext open = context;
        context = null;
        if (open != null) {
            open.close();
        }
    }
}
