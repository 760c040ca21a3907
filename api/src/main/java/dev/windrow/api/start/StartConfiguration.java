package dev.windrow.api.start;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.limit.StartLimits;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Storage;
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
    StoredStarts storedStarts(Exports exports, IdempotencyKeys keys, Trail trail, StartLimits limits) {
        return new StoredStarts(exports, keys, trail, limits);
    }

    @Bean
    Starter starter(
            SubjectCheck subjects,
            StoredStarts starts,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> exportIds,
            Admission admission) {
        return new Starter(subjects, starts, queue, clock, exportIds, admission);
    }

    @Bean
    RepeatedStarts repeatedStarts(IdempotencyKeys keys, Clock clock) {
        return new RepeatedStarts(keys, clock);
    }

    @Bean
    StartController startController(
            Datasets datasets,
            Starter starter,
            RepeatedStarts repeated,
            Rehearsal rehearsal,
            ExportJson json,
            StartLimits limits) {
        return new StartController(datasets, starter, repeated, rehearsal, json, limits);
    }

    @Bean
    Rehearsal rehearsal(RowSource source, SubjectCheck subjects, JsonAnswers json) {
        return new Rehearsal(source, subjects, json);
    }

    @Bean
    RetryController retryController(
            Exports exports,
            Reach reach,
            Datasets datasets,
            ArtifactStore artifacts,
            Starter starter,
            Clock clock,
            ExportJson json) {
        return new RetryController(exports, reach, datasets, artifacts, starter, clock, json);
    }
}
