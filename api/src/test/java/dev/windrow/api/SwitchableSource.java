package dev.windrow.api;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A source that knows the sensors whose names begin with {@code s-}, until it is told to fail. Each dataset has twelve
 * rows.
 */
public final class SwitchableSource implements RowSource {
    private volatile SourceException.Kind failure;
    private volatile Gate gate;
    private volatile boolean countsForEver;

    public void reset() {
        failure = null;
        gate = null;
        countsForEver = false;
    }

    public void failAs(SourceException.Kind kind) {
        failure = kind;
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        Gate held = gate;
        if (held != null) {
            held.pass();
        }
        if (failure != null) {
            throw new SourceException(
                    failure, "the source says no", new IllegalStateException("secret: select 1 from t"));
        }
        return parameters.sql().get("sensor_id") instanceof String id && id.startsWith("s-");
    }

    /** Makes the queries for subjects wait until {@link #letGo}. */
    public CountDownLatch hold() {
        return hold(1);
    }

    /** @param several after which the answer is counted down to zero */
    public CountDownLatch hold(int several) {
        CountDownLatch arrived = new CountDownLatch(several);
        gate = new Gate(arrived, new CountDownLatch(1));
        return arrived;
    }

    public void letGo() {
        Gate held = gate;
        gate = null;
        held.open().countDown();
    }

    private record Gate(CountDownLatch arrived, CountDownLatch open) {
        void pass() {
            arrived.countDown();
            try {
                if (!open.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody let go");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** A count that does not end before it is cancelled. */
    public void countForEver() {
        countsForEver = true;
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new TwelveRows(selection, failure, countsForEver);
    }
}
