package dev.windrow.worker.run;

import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.reading.Reading;
import dev.windrow.worker.reading.RowCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How many rows an export has, counted beside its run, and what they say of the rows that came. */
final class Counting {
    private final RowSource source;
    private final Executor executor;
    private final Export export;
    private final ExportPlan plan;
    private final Figures figures;

    /** @param executor the count's own thread; the run waits for it at the end only */
    Counting(RowSource source, Executor executor, Export export, ExportPlan plan, Figures figures) {
        this.source = source;
        this.executor = executor;
        this.export = export;
        this.plan = plan;
        this.figures = figures;
    }

    /** Begins to count; null where rows are not to be counted, or an earlier run has counted them. */
    @Nullable RowCount begin(Cutoff cutoff) {
        if (!plan.dataset().counted() || export.progress().rowsTotal() != null) {
            return null;
        }
        List<RowCount.Part> parts = new ArrayList<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            String bound = cutoff.bounds().get(i);
            if (bound != null) {
                parts.add(new RowCount.Part(source.open(plan.parts().get(i).selection()), bound));
            }
        }
        return RowCount.start(parts, executor, figures::counted);
    }

    /** Fewer rows than were counted, in a source that nobody has changed: they were not asked for rightly. */
    void refuseLostRows(long written, Reading reading) throws SourceException {
        Long counted = figures.counted();
        if (counted != null && written < counted && reading.isUnchanged()) {
            throw new SourceException(
                    SourceException.Kind.ROWS_LOST,
                    String.format(
                            Locale.ROOT,
                            "%,d rows were counted and %,d came, though the source was not changed: it sorts a key otherwise"
                                    + " than it compares it, one of %s.",
                            counted,
                            written,
                            plan.keys()));
        }
    }
}
