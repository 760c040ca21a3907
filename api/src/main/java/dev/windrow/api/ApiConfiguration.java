package dev.windrow.api;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.DownloadLog;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.archive.Lookups;
import dev.windrow.api.dataset.DatasetController;
import dev.windrow.api.download.EntriesController;
import dev.windrow.api.download.EntryController;
import dev.windrow.api.download.FileController;
import dev.windrow.api.front.FrontConfiguration;
import dev.windrow.api.front.SendfileDrain;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.link.LinkController;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.api.link.Links;
import dev.windrow.api.link.UnloggedLinks;
import dev.windrow.api.page.PageController;
import dev.windrow.api.problem.ProblemConfiguration;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.start.Admission;
import dev.windrow.api.start.Rehearsal;
import dev.windrow.api.start.RepeatedStarts;
import dev.windrow.api.start.RetryController;
import dev.windrow.api.start.StartController;
import dev.windrow.api.start.Starter;
import dev.windrow.api.start.SubjectCheck;
import dev.windrow.api.status.EndController;
import dev.windrow.api.status.EventController;
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
import java.util.function.Supplier;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Everything of the API, made from the ports, which the composition root provides as beans beside a {@link Clock}, what
 * {@link FrontConfiguration} asks for, the {@link PublicAddress}, the {@link LinkKeys} and a supplier of fresh {@link ExportId}s. Import it into a servlet application that Spring Boot configures.
 */
@Configuration(proxyBeanMethods = false)
@Import({FrontConfiguration.class, ProblemConfiguration.class})
public final class ApiConfiguration {
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

    /** Within the problem filter, and before whatever else may refuse a request: its answers are for the page too. */
    @Bean
    FilterRegistrationBean<CorsFilter> originFilter(PageOrigins pages) {
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(pages.filter());
        filter.addUrlPatterns("/api/v1/*", "/windrow.js");
        filter.setOrder(FrontConfiguration.CORS_ORDER);
        filter.setEnabled(!pages.origins().isEmpty());
        return filter;
    }

    @Bean
    FilterRegistrationBean<UnloggedLinks> unloggedLinks() {
        FilterRegistrationBean<UnloggedLinks> filter = new FilterRegistrationBean<>(new UnloggedLinks());
        filter.addUrlPatterns(LinkController.LINKS + "/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
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
    SubjectCheck subjectCheck(RowSource source) {
        return new SubjectCheck(source);
    }

    @Bean
    Starter starter(
            SubjectCheck subjects,
            Exports exports,
            Repeats repeats,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> exportIds,
            Admission admission) {
        return new Starter(subjects, exports, repeats, queue, clock, exportIds, admission);
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
    Rehearsal rehearsal(RowSource source, SubjectCheck subjects, JsonAnswers json) {
        return new Rehearsal(source, subjects, json);
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
    ListController listController(Exports exports, ExportJson view) {
        return new ListController(exports, view);
    }

    @Bean
    EndController endController(Exports exports, ArtifactStore artifacts, Clock clock, ExportJson json) {
        return new EndController(exports, artifacts, clock, json);
    }

    @Bean
    Archives archives(Exports exports, Clock clock) {
        return new Archives(exports, clock);
    }

    @Bean
    DownloadLog downloadLog() {
        return new DownloadLog();
    }

    @Bean
    Delivery delivery(ArtifactStore artifacts, DownloadLog log) {
        return new Delivery(artifacts, log);
    }

    @Bean
    FileController fileController(Archives archives, Delivery delivery) {
        return new FileController(archives, delivery);
    }

    @Bean
    Lookups lookups() {
        return new Lookups();
    }

    @Bean
    EntryDelivery entryDelivery(Delivery delivery, Lookups lookups) {
        return new EntryDelivery(delivery, lookups);
    }

    @Bean
    EntryController entryController(Archives archives, EntryDelivery entries) {
        return new EntryController(archives, entries);
    }

    @Bean
    EntriesController entriesController(Archives archives, Delivery delivery, Lookups lookups, JsonAnswers json) {
        return new EntriesController(archives, delivery, lookups, json);
    }

    @Bean
    Links links(Exports exports, Archives archives, LinkKeys keys, Clock clock) {
        return new Links(exports, archives, keys, clock);
    }

    @Bean
    LinkController linkController(
            Links links,
            Archives archives,
            Delivery delivery,
            EntryDelivery entries,
            PublicAddress address,
            JsonAnswers json) {
        return new LinkController(links, archives, delivery, entries, address, json);
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
