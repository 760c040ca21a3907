package dev.windrow.api.start;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Launches;
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
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.TargetCheck;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.trace.Traces;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
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
    StoredStarts storedStarts(
            Exports exports, IdempotencyKeys keys, Trail trail, StartLimits limits, Deliveries deliveries) {
        return new StoredStarts(exports, keys, trail, limits, deliveries);
    }

    @Bean
    Telling telling(ObjectProvider<TargetCheck> checks) {
        return new Telling(checks.stream().toList());
    }

    @Bean
    Starter starter(
            SubjectCheck subjects,
            StoredStarts starts,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> exportIds,
            Admission admission,
            Telling telling) {
        return new Starter(subjects, starts, queue, clock, exportIds, admission, telling);
    }

    @Bean
    Launches launches(
            Datasets datasets,
            SubjectCheck subjects,
            Starter starter,
            StoredStarts starts,
            Traces traces,
            RepeatedStarts repeated,
            Rehearsal rehearsal) {
        return new Launcher(datasets, subjects, starter, starts, traces, repeated, rehearsal);
    }

    @Bean
    RepeatedStarts repeatedStarts(IdempotencyKeys keys, Clock clock) {
        return new RepeatedStarts(keys, clock);
    }

    @Bean
    StartController startController(Launches launches, ExportJson json, StartLimits limits) {
        return new StartController(launches, json, limits);
    }

    @Bean
    Rehearsal rehearsal(RowSource source, SubjectCheck subjects, ArchiveSizes sizes, JsonAnswers json) {
        return new Rehearsal(source, subjects, sizes, json);
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
