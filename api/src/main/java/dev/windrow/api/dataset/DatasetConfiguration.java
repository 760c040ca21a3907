package dev.windrow.api.dataset;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.source.RowSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Showing datasets. */
@Configuration(proxyBeanMethods = false)
public final class DatasetConfiguration {
    @Bean
    DatasetController datasetController(Catalog catalog, JsonAnswers json) {
        return new DatasetController(catalog, json);
    }

    @Bean
    ValuesController valuesController(Catalog catalog, RowSource source, JsonAnswers json) {
        return new ValuesController(catalog, source, json);
    }
}
