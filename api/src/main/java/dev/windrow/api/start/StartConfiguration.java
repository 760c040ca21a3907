package dev.windrow.api.start;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.source.RowSource;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starting exports, and starting them anew. */
@Configuration(proxyBeanMethods = false)
public final class StartConfiguration {
    @Bean
    Admission admission(ExportSizes sizes, Storage storage) {
        return new Admission(sizes, storage);
    }

    @Bean
    SubjectCheck subjectCheck(RowSource source) {
        return new SubjectCheck(source);
    }

    @Bean
    DurableStart durableStart(Exports exports, IdempotencyKeys keys, Trail trail) {
        return new DurableStart(exports, keys, trail);
    }

    @Bean
    Starter starter(
            SubjectCheck subjects,
            DurableStart durable,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> exportIds,
            Admission admission) {
        return new Starter(subjects, durable, queue, clock, exportIds, admission);
    }

    @Bean
    RepeatedStarts repeatedStarts(IdempotencyKeys keys, Clock clock) {
        return new RepeatedStarts(keys, clock);
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
            Exports exports, ArtifactStore artifacts, Starter starter, Clock clock, ExportJson json, Trail trail) {
        return new RetryController(exports, artifacts, starter, clock, json, trail);
    }
}
