package dev.windrow.api;

import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.archive.ArchiveConfiguration;
import dev.windrow.api.audit.AuditConfiguration;
import dev.windrow.api.dataset.DatasetConfiguration;
import dev.windrow.api.deliveries.DeliveriesConfiguration;
import dev.windrow.api.download.DownloadConfiguration;
import dev.windrow.api.front.FrontConfiguration;
import dev.windrow.api.front.SendfileDrain;
import dev.windrow.api.limit.LimitConfiguration;
import dev.windrow.api.limit.Limits;
import dev.windrow.api.link.LinkConfiguration;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.api.mcp.McpConfiguration;
import dev.windrow.api.me.MeConfiguration;
import dev.windrow.api.operations.OperationsConfiguration;
import dev.windrow.api.page.PageConfiguration;
import dev.windrow.api.preset.PresetConfiguration;
import dev.windrow.api.problem.ProblemConfiguration;
import dev.windrow.api.resource.ResourceConfiguration;
import dev.windrow.api.schedule.ScheduleConfiguration;
import dev.windrow.api.start.StartConfiguration;
import dev.windrow.api.status.StatusConfiguration;
import dev.windrow.api.trail.TrailConfiguration;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.SigningKey;
import java.time.Clock;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Everything of the API, made from the ports, which the composition root provides as beans beside a {@link Clock}, what
 * {@link FrontConfiguration} asks for, the {@link Callers} and what lets them in, the {@link PublicAddress}, the
 * {@link LinkKeys}, the {@link SigningKey}, the {@link Limits} and a supplier of fresh {@link ExportId}s. Import it
 * into a servlet application that Spring Boot configures.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    FrontConfiguration.class,
    ProblemConfiguration.class,
    ResourceConfiguration.class,
    ArchiveConfiguration.class,
    LimitConfiguration.class,
    AuditConfiguration.class,
    DatasetConfiguration.class,
    StartConfiguration.class,
    StatusConfiguration.class,
    TrailConfiguration.class,
    DownloadConfiguration.class,
    DeliveriesConfiguration.class,
    LinkConfiguration.class,
    ScheduleConfiguration.class,
    PresetConfiguration.class,
    McpConfiguration.class,
    MeConfiguration.class,
    OperationsConfiguration.class,
    PageConfiguration.class
})
public final class ApiConfiguration {
    @Bean
    Datasets datasets(Catalog catalog) {
        return new Datasets(catalog);
    }

    @Bean
    WebMvcConfigurer callerArguments(Callers callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgumentResolver(callers));
            }
        };
    }

    /** Within the problem filter, and before whatever else may refuse a request: its answers are for the page too. */
    @Bean
    FilterRegistrationBean<CorsFilter> originFilter(PageOrigins pages) {
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(pages.filter());
        filter.addUrlPatterns("/api/v1/*", "/mcp", "/windrow.js");
        filter.setOrder(FrontConfiguration.CORS_ORDER);
        filter.setEnabled(!pages.origins().isEmpty());
        return filter;
    }

    @Bean
    SendfileDrain sendfileDrain() {
        return new SendfileDrain();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectors(SendfileDrain drain) {
        return factory -> {
            factory.addConnectorCustomizers(drain, connector -> {
                // Names of files in an archive may have folders, and clients may write their slashes as %2F.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            });
        };
    }

    @Bean
    ApiDocsController apiDocsController() {
        return new ApiDocsController();
    }
}
