package dev.windrow.api.dataset;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.http.JsonAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Showing datasets. */
@Configuration(proxyBeanMethods = false)
public final class DatasetConfiguration {
    @Bean
    DatasetController datasetController(Datasets datasets, JsonAnswers json) {
        return new DatasetController(datasets, json);
    }
}
