package dev.windrow.api;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.dataset.DatasetController;
import dev.windrow.api.download.ArchiveSender;
import dev.windrow.api.download.Archives;
import dev.windrow.api.download.FileController;
import dev.windrow.api.page.PageController;
import dev.windrow.api.problem.ContainerProblems;
import dev.windrow.api.problem.JsonAnswers;
import dev.windrow.api.problem.ProblemAdvice;
import dev.windrow.api.problem.ProblemErrorController;
import dev.windrow.api.problem.ProblemFilter;
import dev.windrow.api.problem.ProblemWriter;
import dev.windrow.api.start.Admission;
import dev.windrow.api.start.Rehearsal;
import dev.windrow.api.start.RepeatedStarts;
import dev.windrow.api.start.RetryController;
import dev.windrow.api.start.StartController;
import dev.windrow.api.start.Starter;
import dev.windrow.api.status.EndController;
import dev.windrow.api.status.EventController;
import dev.windrow.api.status.ExportJson;
import dev.windrow.api.status.ListController;
import dev.windrow.api.status.StatusController;
import dev.windrow.api.status.Waits;
import dev.windrow.api.status.Watch;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Repeats;
import dev.windrow.common.source.RowSource;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Everything of the API, made from the ports, which the composition root provides as beans beside a {@link Clock}, the
 * {@link PageOrigins} and a supplier of fresh {@link ExportId}s. Import it into a servlet application that Spring Boot configures.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/windrow/api/web.properties")
public final class ApiConfiguration {
    @Bean
    JsonAnswers jsonAnswers() {
        return new JsonAnswers();
    }

    /** Without security everybody is the same caller. */
    @Bean
    Callers callers() {
        return request -> Caller.LOCAL;
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

    @Bean
    ProblemWriter problemWriter(JsonAnswers json) {
        return new ProblemWriter(json, UUID::randomUUID);
    }

    @Bean
    ProblemAdvice problemAdvice(ProblemWriter writer) {
        return new ProblemAdvice(writer);
    }

    @Bean
    ProblemErrorController problemErrorController(ProblemWriter writer) {
        return new ProblemErrorController(writer);
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(ProblemWriter writer) {
        FilterRegistrationBean<ProblemFilter> filter = new FilterRegistrationBean<>(new ProblemFilter(writer));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems(ProblemWriter writer) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ContainerProblems(writer)));
    }

    /** Within the problem filter, and before whatever else may refuse a request: its answers are for the page too. */
    @Bean
    FilterRegistrationBean<CorsFilter> originFilter(PageOrigins pages) {
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(pages.filter());
        filter.addUrlPatterns("/api/v1/*", "/windrow.js");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setEnabled(!pages.origins().isEmpty());
        return filter;
    }

    /** A body that we refuse by its length is not asked for, where its sender waits to be asked (RFC 9110, section 10.1.1). */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesOnDemand() {
        return factory ->
                factory.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    @Bean
    ExportJson exportJson(Exports exports, Clock clock, JsonAnswers json) {
        return new ExportJson(exports, clock, json);
    }

    @Bean
    DatasetController datasetController(Catalog catalog, JsonAnswers json) {
        return new DatasetController(catalog, json);
    }

    @Bean
    Admission admission(ExportSizes sizes, Storage storage) {
        return new Admission(sizes, storage);
    }

    @Bean
    Starter starter(
            RowSource source,
            Exports exports,
            Repeats repeats,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> exportIds,
            Admission admission) {
        return new Starter(source, exports, repeats, queue, clock, exportIds, admission);
    }

    @Bean
    RepeatedStarts repeatedStarts(Repeats repeats, Clock clock) {
        return new RepeatedStarts(repeats, clock);
    }

    @Bean
    StartController startController(
            Catalog catalog, Starter starter, RepeatedStarts repeated, Rehearsal rehearsal, ExportJson json) {
        return new StartController(catalog, starter, repeated, rehearsal, json);
    }

    @Bean
    Rehearsal rehearsal(RowSource source, JsonAnswers json) {
        return new Rehearsal(source, json);
    }

    @Bean
    RetryController retryController(
            Exports exports, ArtifactStore artifacts, Starter starter, Clock clock, ExportJson json) {
        return new RetryController(exports, artifacts, starter, clock, json);
    }

    @Bean
    Watch watch(Exports exports, ExportJson json) {
        return new Watch(exports, json);
    }

    @Bean
    Waits waits(Watch watch) {
        return new Waits(watch);
    }

    @Bean
    EventController eventController(Exports exports, ExportJson json, Watch watch) {
        return new EventController(exports, json, watch);
    }

    @Bean
    StatusController statusController(Exports exports, ExportJson json, Waits waits) {
        return new StatusController(exports, json, waits);
    }

    @Bean
    ListController listController(Exports exports, ExportJson view, JsonAnswers json) {
        return new ListController(exports, view, json);
    }

    @Bean
    EndController endController(Exports exports, ArtifactStore artifacts, Clock clock, ExportJson json) {
        return new EndController(exports, artifacts, clock, json);
    }

    @Bean
    FileController fileController(Exports exports, ArtifactStore artifacts, Clock clock) {
        return new FileController(new Archives(exports, clock), new ArchiveSender(artifacts));
    }

    @Bean
    ApiDocsController apiDocsController() {
        return new ApiDocsController();
    }

    @Bean
    PageController pageController() {
        return new PageController();
    }
}
