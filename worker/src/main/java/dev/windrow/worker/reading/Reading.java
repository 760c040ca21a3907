package dev.windrow.worker.reading;

import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one run reads its dataset's source: leg by leg while others write, or all of it in one snapshot. Belongs to the
 * run's thread.
 */
public final class Reading implements AutoCloseable {
    private final RowSource rows;
    private final Consumer<Runnable> onStop;
    private final @Nullable Snapshot snapshot;
    private final SourceWatch watch;

    private Reading(RowSource rows, Consumer<Runnable> onStop, @Nullable Snapshot snapshot, SourceWatch watch) {
        this.rows = rows;
        this.onStop = onStop;
        this.snapshot = snapshot;
        this.watch = watch;
    }

    /**
     * Begins to read.
     *
     * @param onStop is given, for each reader, what ends the call that the run is blocked in; it takes the place of
     *     the one before
     */
    public static Reading begin(RowSource rows, Dataset dataset, Consumer<Runnable> onStop) throws SourceException {
        Source source = dataset.source();
        return isSnapshot(dataset)
                ? new Reading(rows, onStop, rows.snapshot(source), SourceWatch.NOTHING)
                : new Reading(rows, onStop, null, rows.watch(source));
    }

    /** Whether all files of a dataset are read in one snapshot. */
    public static boolean isSnapshot(Dataset dataset) {
        return dataset.consistency() == Dataset.Consistency.SNAPSHOT;
    }

    /** A reader that a stop of the run ends. */
    public RowReader open(RowSelection selection) {
        RowReader reader = snapshot == null ? rows.open(selection) : snapshot.open(selection);
        onStop.accept(reader::cancel);
        return reader;
    }

    /** The position of the last row that there is now; null when there is none. */
    public @Nullable String lastPosition(RowSelection selection) throws SourceException {
        try (RowReader reader = open(selection)) {
            return reader.lastPosition();
        }
    }

    /** Whether the source is known not to have changed since this began. */
    public boolean isUnchanged() throws SourceException {
        return watch.isUnchanged();
    }

    @Override
    public void close() {
        watch.close();
        if (snapshot != null) {
            snapshot.close();
        }
    }
}
