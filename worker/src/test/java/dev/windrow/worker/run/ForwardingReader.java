package dev.windrow.worker.run;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A reader that does as another does, but for what a subclass does otherwise. */
class ForwardingReader implements RowReader {
    private final RowReader reader;

    ForwardingReader(RowReader reader) {
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
    public RowReader.Leg read(@Nullable String after, String bound) throws SourceException {
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

    /** A leg that does as another does, but for what a subclass does otherwise. */
    static class ForwardingLeg implements RowReader.Leg {
        private final RowReader.Leg leg;

        ForwardingLeg(RowReader.Leg leg) {
            this.leg = leg;
        }

        @Override
        public boolean next() throws SourceException {
            return leg.next();
        }

        @Override
        public void copyTo(RowSink sink) throws SourceException {
            leg.copyTo(sink);
        }

        @Override
        public int keyHash() {
            return leg.keyHash();
        }

        @Override
        public String position() {
            return leg.position();
        }

        @Override
        public void pause() {
            leg.pause();
        }

        @Override
        public boolean isLast() {
            return leg.isLast();
        }

        @Override
        public void close() {
            leg.close();
        }
    }
}
