package dev.windrow.api.dataset;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.source.RowSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Showing datasets. */
@Configuration(proxyBeanMethods = false)
public final class DatasetConfiguration {
    @Bean
    DatasetController datasetController(Datasets datasets, JsonAnswers json) {
        return new DatasetController(datasets, json);
    }

    @Bean
    ValuesController valuesController(Datasets datasets, RowSource source, JsonAnswers json) {
        return new ValuesController(datasets, source, json);
    }
}
