package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

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
    public boolean subjectExists(Dataset dataset, BoundParameters parameters) throws SourceException {
        return rows.subjectExists(dataset, parameters);
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new Reader(rows.open(selection));
    }

    private final class Reader implements RowReader {
        private final RowReader reader;

        Reader(RowReader reader) {
            this.reader = reader;
        }

        @Override
        public @Nullable String lastPosition() throws SourceException {
            return reader.lastPosition();
        }

        @Override
        public OptionalLong count(String bound) throws SourceException {
            return reader.count(bound);
        }

        @Override
        public Leg read(@Nullable String after, String bound) throws SourceException {
            return reader.read(after, bound);
        }

        @Override
        public void cancel() {
            reader.cancel();
            cancelled.countDown();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
