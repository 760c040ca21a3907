package dev.windrow.common.source;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A reader that does as another does, but for what a subclass does otherwise. Threads are as {@link RowReader} has
 * them.
 */
public abstract class ForwardingReader implements RowReader {
    private final RowReader reader;

    /** @param reader closed with this */
    protected ForwardingReader(RowReader reader) {
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
    }

    @Override
    public void close() {
        reader.close();
    }
}
