package dev.windrow.starter;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.context.WebApplicationContext;

/**
 * Windrow in an application: a servlet, and what starts and ends that which is behind it. Nothing of Windrow's is a
 * bean of the application, so none of it can be injected, or be one too many, where the application asks for a
 * {@code DataSource}, an executor or a mapper.
 */
// A server of its own is no application that Windrow could be in.
@AutoConfiguration
@ConditionalOnMissingClass("dev.windrow.app.Windrow")
@ConditionalOnProperty(name = "windrow.embedded.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EmbeddedSettings.class)
final class WindrowAutoConfiguration {
    private static final String RESIDENT = "windrowResident";
    /** Before the web server takes requests, and after it has answered the last. */
    private static final int AROUND_THE_SERVER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;

    @Bean(name = RESIDENT, autowireCandidate = false)
    Resident resident(
            ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment, EmbeddedSettings settings) {
        return new Resident(beans, environment, settings);
    }

    @Bean(name = "windrowAround", autowireCandidate = false)
    Stage around(ApplicationContext application) {
        Resident resident = resident(application);
        return new Stage(
                AROUND_THE_SERVER,
                () -> resident.open(application instanceof WebApplicationContext web ? web.getServletContext() : null),
                resident::close);
    }

    /** At an end exports are handed back while the last requests are still answered. */
    @Bean(name = "windrowRest", autowireCandidate = false)
    Stage rest(BeanFactory application) {
        return new Stage(SmartLifecycle.DEFAULT_PHASE, () -> {}, resident(application)::rest);
    }

    private static Resident resident(BeanFactory application) {
        return application.getBean(RESIDENT, Resident.class);
    }

    /** Where the application serves something. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Served {
        @Bean(name = "windrowServlet", autowireCandidate = false)
        ServletRegistrationBean<Door> servlet(BeanFactory application, EmbeddedSettings settings) {
            ServletRegistrationBean<Door> servlet =
                    new ServletRegistrationBean<>(resident(application).door(), settings.path() + "/*");
            servlet.setName("windrow");
            servlet.setAsyncSupported(true);
            return servlet;
        }

        @Bean(name = "windrowValve", autowireCandidate = false)
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> valve(EmbeddedSettings settings) {
            return factory -> factory.addEngineValves(new CutValve(settings.path()));
        }
    }
}
