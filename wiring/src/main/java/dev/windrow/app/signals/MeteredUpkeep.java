package dev.windrow.app.signals;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Failure;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Notes what a sweep gives up. Threads are as {@link ExportUpkeep} has them. */
public final class MeteredUpkeep implements ExportUpkeep {
    private final ExportUpkeep table;
    private final RunMeters meters;

    public MeteredUpkeep(ExportUpkeep table, RunMeters meters) {
        this.table = table;
        this.meters = meters;
    }

    @Override
    public boolean giveUp(Lease lease, Failure failure, Instant finishedAt) {
        boolean won = table.giveUp(lease, failure, finishedAt);
        if (won) {
            meters.failed(failure.code());
        }
        return won;
    }

    @Override
    public List<Lease> held() {
        return table.held();
    }

    @Override
    public boolean lose(Lease lease) {
        return table.lose(lease);
    }

    @Override
    public List<ExportId> due(Instant now, int limit) {
        return table.due(now, limit);
    }

    @Override
    public List<Export> among(Collection<ExportId> ids) {
        return table.among(ids);
    }

    @Override
    public Set<ExportId> forgottenAmong(Collection<ExportId> ids) {
        return table.forgottenAmong(ids);
    }

    @Override
    public void dropForgotten(Instant before) {
        table.dropForgotten(before);
    }
}
