package dev.windrow.api.front;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ContainerProblems;
import dev.windrow.api.problem.ProblemFilter;
import dev.windrow.api.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;

/**
 * The front of every web server of Windrow, whatever it serves, made from a {@link PageHosts} and a
 * {@link PageOrigins}. A port of its own for health and metrics is a server too, and has one of its own.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/windrow/api/web.properties")
public final class FrontConfiguration {
    /** Where CORS stands: its answers are for pages too whose requests are refused after it. */
    public static final int CORS_ORDER = Ordered.HIGHEST_PRECEDENCE + 3;
    /**
     * Where callers are let in, as {@code web.properties} says it to Spring Boot: before bodies and turns, which
     * strangers are not to take, and so that a request that waited for one has been let in.
     */
    static final int ACCESS_ORDER = CORS_ORDER + 1;

    @Bean
    JsonAnswers jsonAnswers() {
        return new JsonAnswers();
    }

    @Bean
    ProblemWriter problemWriter(JsonAnswers json) {
        return new ProblemWriter(json, UUID::randomUUID);
    }

    @Bean
    Refusals refusals(ProblemWriter writer) {
        return new Refusals(writer);
    }

    @Bean
    Routes routes(@Value("${management.endpoints.web.base-path:/actuator}") String management) {
        return new Routes(management + "/health");
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(ProblemWriter writer) {
        return inOrder(new ProblemFilter(writer), Ordered.HIGHEST_PRECEDENCE);
    }

    /** After what a trusted proxy says has been taken in. */
    @Bean
    FilterRegistrationBean<AddressFilter> addressFilter(
            PageHosts hosts, PageOrigins pages, Routes routes, Refusals refusals) {
        return inOrder(new AddressFilter(hosts, pages, routes, refusals), CORS_ORDER - 1);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(
            Routes routes, Refusals refusals, @Value("${server.tomcat.threads.max:200}") int threads) {
        FilterRegistrationBean<BodyFilter> filter =
                inOrder(new BodyFilter(routes, refusals, new Turns(threads, refusals)), ACCESS_ORDER + 1);
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> front(
            ProblemWriter writer, @Value("${server.tomcat.max-connections:0}") int connections) {
        return factory -> {
            factory.setProtocol(BoundedProtocol.class.getName());
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ContainerProblems(writer)));
            factory.addEngineValves(new BodyValve());
            factory.addConnectorCustomizers(connector -> {
                // A body that is refused by its length is not asked for, where its sender waits to be asked (RFC 9110,
                // section 10.1.1).
                connector.setProperty("continueResponseTiming", "onRead");
                if (connections == 0 && connector.getProtocolHandler() instanceof BoundedProtocol protocol) {
                    protocol.setMaxConnections(
                            BoundedProtocol.connectionsFor(Runtime.getRuntime().maxMemory()));
                }
            });
        };
    }

    private static <T extends Filter> FilterRegistrationBean<T> inOrder(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
