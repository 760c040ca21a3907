package dev.windrow.api.download;

import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.http.JsonAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Downloads. */
@Configuration(proxyBeanMethods = false)
public final class DownloadConfiguration {
    @Bean
    FileController fileController(Archives archives, Delivery delivery) {
        return new FileController(archives, delivery);
    }

    @Bean
    EntryController entryController(Archives archives, EntryDelivery entries) {
        return new EntryController(archives, entries);
    }

    @Bean
    EntriesController entriesController(Archives archives, Delivery delivery, JsonAnswers json) {
        return new EntriesController(archives, delivery, json);
    }
}
