package dev.windrow.api.operations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.common.statistics.ExportStatistics.Running;
import dev.windrow.common.statistics.Operations;
import dev.windrow.common.statistics.Operations.Overview;
import dev.windrow.common.statistics.Operations.SourceStanding;
import dev.windrow.common.statistics.Operations.SourceTrouble;
import dev.windrow.common.statistics.Operations.Worker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How everything stands, as administrators see it; what is not known is null. */
record OperationsView(
        QueueView queue, List<WorkerView> workers, StorageView storage, List<SourceView> sources, OutboxView outbox) {
    record QueueView(long waiting, @Nullable Instant oldestDueAt, long running) {}

    record WorkerView(
            String name,
            boolean present,
            @Nullable Instant startedAt,
            @Nullable Instant seenAt,
            @Nullable Integer concurrency,
            List<RunView> exports) {}

    record RunView(
            String id,
            String dataset,
            String owner,
            @JsonUnwrapped RunTimes times,
            long rowsWritten,
            @Nullable Double percent,
            Map<String, String> links) {}

    record RunTimes(Instant startedAt, Instant leaseUntil) {}

    record StorageView(
            long workBytes,
            @Nullable Long archiveBytes,
            @Nullable Long leftBytes) {}

    record SourceView(
            String name,
            List<String> datasets,
            @Nullable Instant answeredAt,
            @Nullable TroubleView error) {}

    record TroubleView(
            Instant at,
            String type,
            String detail,
            @Nullable String export) {}

    record OutboxView(long waiting, @Nullable Instant oldestDueAt, long givenUp) {}

    static OperationsView of(Overview overview) {
        Operations.Outbox outbox = overview.outbox();
        return new OperationsView(
                new QueueView(
                        overview.queue().waiting(),
                        overview.queue().oldestDue(),
                        overview.queue().running()),
                overview.workers().stream().map(OperationsView::of).toList(),
                new StorageView(overview.stored().workBytes(), overview.stored().archiveBytes(), overview.leftBytes()),
                overview.sources().stream().map(OperationsView::of).toList(),
                new OutboxView(outbox.waiting(), outbox.oldestDue(), outbox.givenUp()));
    }

    private static WorkerView of(Worker worker) {
        return new WorkerView(
                worker.name(),
                worker.present(),
                worker.since(),
                worker.heard(),
                worker.concurrency(),
                worker.runs().stream().map(OperationsView::of).toList());
    }

    private static RunView of(Running run) {
        return new RunView(
                run.export(),
                run.dataset(),
                run.owner(),
                new RunTimes(run.since(), run.leaseUntil()),
                run.done().rows(),
                run.done().percent(),
                Map.of("self", ExportPaths.EXPORTS + "/" + run.export()));
    }

    private static SourceView of(SourceStanding source) {
        SourceTrouble error = source.error();
        return new SourceView(
                source.name(),
                source.datasets(),
                source.answered(),
                error == null ? null : new TroubleView(error.at(), error.type(), error.detail(), error.export()));
    }
}
