package dev.windrow.worker.sweep;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportUpkeep;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings again for exports that are due and have no ring: their process died between row and ring, or they waited to be
 * tried again.
 */
public final class Reconciler implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final int AT_ONCE = 100;

    private final ExportUpkeep upkeep;
    private final ExportQueue queue;
    private final LongSupplier unansweredRings;
    private final Clock clock;

    public Reconciler(ExportUpkeep upkeep, ExportQueue queue, LongSupplier unansweredRings, Clock clock) {
        this.upkeep = upkeep;
        this.queue = queue;
        this.unansweredRings = unansweredRings;
        this.clock = clock;
    }

    @Override
    public void run() {
        var due = upkeep.due(clock.instant(), AT_ONCE);
        // Rings are not bound to exports: as many as there are exports is enough, whoever they were for.
        long missing = due.isEmpty() ? 0 : due.size() - unansweredRings.getAsLong();
        for (ExportId id : due) {
            if (missing-- <= 0) {
                return;
            }
            log.debug("rings again for export {}", id);
            queue.ring(id);
        }
    }
}
