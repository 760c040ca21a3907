package dev.windrow.app.signals;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.Choice;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times how long each source takes to begin to answer, and notes whether it did. Rows are not timed one by one, which
 * would cost more than they do; counts are not timed at all, since they run beside an export. Threads are as
 * {@link RowSource} has them.
 */
public final class MeteredSource implements RowSource {
    private final RowSource rows;
    private final MeterRegistry meters;
    private final SourceLog log;

    /** @param log keeps what was last wrong with each source */
    public MeteredSource(RowSource rows, MeterRegistry meters, Catalog catalog, SourceLog log) {
        this.rows = rows;
        this.meters = meters;
        this.log = log;
        catalog.datasets().forEach(dataset -> timer(dataset.source()));
    }

    private Timer timer(Source source) {
        return Times.histogram(
                meters,
                "windrow.source.seconds",
                "From a question to a source until its answer begins",
                "source",
                source.name());
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SourceException;
    }

    private Asked asked(Source source) {
        return new Asked(source.name(), timer(source), log);
    }

    /** A source that is asked something. */
    private record Asked(String source, Timer timer, SourceLog log) {
        <T> T timed(Question<T> question) throws SourceException {
            long began = System.nanoTime();
            try {
                return noted(question);
            } finally {
                timer.record(Duration.ofNanos(System.nanoTime() - began));
            }
        }

        <T> T noted(Question<T> question) throws SourceException {
            try {
                T answer = question.ask();
                log.answered(source);
                return answer;
            } catch (SourceException e) {
                log.failed(source, e);
                throw e;
            }
        }
    }

    @Override
    public boolean subjectExists(Dataset dataset, BoundParameters parameters, Duration limit) throws SourceException {
        return asked(dataset.source()).timed(() -> rows.subjectExists(dataset, parameters, limit));
    }

    @Override
    public List<Choice> choices(Dataset dataset, Parameter parameter, BoundParameters bound, int most, Duration limit)
            throws SourceException {
        return asked(dataset.source()).timed(() -> rows.choices(dataset, parameter, bound, most, limit));
    }

    @Override
    public String maskedBy() {
        return rows.maskedBy();
    }

    @Override
    public RowReader open(RowSelection selection) {
        return new MeteredReader(rows.open(selection), asked(selection.source()));
    }

    @Override
    public SourceWatch watch(Source source) throws SourceException {
        return rows.watch(source);
    }

    @Override
    public Snapshot snapshot(Source source) throws SourceException {
        Asked asked = asked(source);
        return new MeteredSnapshot(asked.noted(() -> rows.snapshot(source)), asked);
    }

    private static final class MeteredReader extends ForwardingReader {
        private final Asked asked;

        MeteredReader(RowReader reader, Asked asked) {
            super(reader);
            this.asked = asked;
        }

        @Override
        public @Nullable String lastPosition() throws SourceException {
            return asked.timed(() -> Optional.ofNullable(super.lastPosition())).orElse(null);
        }

        @Override
        public Leg read(@Nullable String after, String bound) throws SourceException {
            return asked.timed(() -> super.read(after, bound));
        }
    }

    private record MeteredSnapshot(Snapshot snapshot, Asked asked) implements Snapshot {
        @Override
        public RowReader open(RowSelection selection) {
            return new MeteredReader(snapshot.open(selection), asked);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }
}
