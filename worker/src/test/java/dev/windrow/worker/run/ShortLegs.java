package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A real source whose legs end after some rows, as they do by time, and whose counts may be wrong.
 *
 * @param more rows that are counted and never come
 */
record ShortLegs(RowSource rows, int legRows, long more) implements RowSource {
    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters) throws SourceException {
        return rows.subjectExists(dataset, parameters);
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new Reader(rows.open(selection));
    }

    @Override
    public SourceWatch watch(Source source) throws SourceException {
        return rows.watch(source);
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
            OptionalLong counted = reader.count(bound);
            return counted.isEmpty() ? counted : OptionalLong.of(counted.getAsLong() + more);
        }

        @Override
        public Leg read(@Nullable String after, String bound) throws SourceException {
            return new ShortLeg(reader.read(after, bound));
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

    private final class ShortLeg implements RowReader.Leg {
        private final RowReader.Leg leg;
        private int given;

        ShortLeg(RowReader.Leg leg) {
            this.leg = leg;
        }

        @Override
        public boolean next() throws SourceException {
            if (given == legRows) {
                leg.close();
                return false;
            }
            given++;
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
