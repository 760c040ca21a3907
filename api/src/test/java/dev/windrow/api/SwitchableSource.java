package dev.windrow.api;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;

/** A source that knows the sensors whose names begin with {@code s-}, until it is told to fail. */
public final class SwitchableSource implements RowSource {
    private volatile SourceException.Kind failure;

    void reset() {
        failure = null;
    }

    public void failAs(SourceException.Kind kind) {
        failure = kind;
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters) throws SourceException {
        if (failure != null) {
            throw new SourceException(
                    failure, "the source says no", new IllegalStateException("secret: select 1 from t"));
        }
        return parameters.sql().get("sensor_id") instanceof String id && id.startsWith("s-");
    }

    @Override
    public RowReader open(RowSelection selection) {
        throw new UnsupportedOperationException("the API reads no rows");
    }
}
