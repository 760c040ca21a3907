package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.ForwardingLeg;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A real source whose legs end after some rows, as they do by time, and whose counts may be wrong.
 *
 * @param more rows that are counted and never come
 */
record ShortLegs(RowSource rows, int legRows, long more) implements RowSource {
    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        return rows.subjectExists(dataset, parameters, limit);
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new Reader(rows.open(selection));
    }

    @Override
    public SourceWatch watch(Source source) throws SourceException {
        return rows.watch(source);
    }

    private final class Reader extends ForwardingReader {
        Reader(RowReader reader) {
            super(reader);
        }

        @Override
        public OptionalLong count(String bound) throws SourceException {
            OptionalLong counted = super.count(bound);
            return counted.isEmpty() ? counted : OptionalLong.of(counted.getAsLong() + more);
        }

        @Override
        public Leg read(@Nullable String after, String bound) throws SourceException {
            return new ShortLeg(super.read(after, bound));
        }
    }

    private final class ShortLeg extends ForwardingLeg {
        private int given;

        ShortLeg(RowReader.Leg leg) {
            super(leg);
        }

        @Override
        public boolean next() throws SourceException {
            if (given == legRows) {
                close();
                return false;
            }
            given++;
            return super.next();
        }
    }
}
