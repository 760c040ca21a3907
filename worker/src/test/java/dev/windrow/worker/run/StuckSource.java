package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A real source that gives no more rows after some, as a query behind a lock does, until it is cancelled. */
record StuckSource(RowSource rows, CountDownLatch cancelled) implements RowSource {
    /** @param blocked counted down when it gives no more */
    static RowSource after(long rows, RowSource source, CountDownLatch blocked) {
        CountDownLatch cancelled = new CountDownLatch(1);
        return StoppingSource.after(rows, new StuckSource(source, cancelled), () -> {
            blocked.countDown();
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        return rows.subjectExists(dataset, parameters, limit);
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new Reader(rows.open(selection));
    }

    private final class Reader extends ForwardingReader {
        Reader(RowReader reader) {
            super(reader);
        }

        @Override
        public void cancel() {
            super.cancel();
            cancelled.countDown();
        }
    }
}
