package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.ForwardingLeg;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A real source that does something after a number of rows: what a test needs to have happen in the middle of a run.
 */
record StoppingSource(RowSource rows, AtomicLong left, Event then) implements RowSource {
    /** What happens, on the run's thread. */
    interface Event {
        void happen() throws SourceException;
    }

    static StoppingSource after(long rows, RowSource source, Event then) {
        return new StoppingSource(source, new AtomicLong(rows), then);
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        return rows.subjectExists(dataset, parameters, limit);
    }

    @Override
    public String maskedBy() {
        return rows.maskedBy();
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new Reader(rows.open(selection));
    }

    @Override
    public SourceWatch watch(Source source) throws SourceException {
        return rows.watch(source);
    }

    @Override
    public Snapshot snapshot(Source source) throws SourceException {
        Snapshot snapshot = rows.snapshot(source);
        return new Snapshot() {
            @Override
            public RowReader open(RowSelection selection) {
                return new Reader(snapshot.open(selection));
            }

            @Override
            public void close() {
                snapshot.close();
            }
        };
    }

    private final class Reader extends ForwardingReader {
        Reader(RowReader reader) {
            super(reader);
        }

        @Override
        public Leg read(@Nullable String after, String bound) throws SourceException {
            return new Rows(super.read(after, bound));
        }
    }

    private final class Rows extends ForwardingLeg {
        Rows(RowReader.Leg leg) {
            super(leg);
        }

        @Override
        public boolean next() throws SourceException {
            boolean next = super.next();
            if (next && left.decrementAndGet() == 0) {
                then.happen();
            }
            return next;
        }
    }
}
