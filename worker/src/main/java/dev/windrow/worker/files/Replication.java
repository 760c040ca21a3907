package dev.windrow.worker.files;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a run's file grows by where all workers see it, beside the run and never in its way: nothing here waits
 * for it, or throws what came of it. Thread-safe.
 */
public interface Replication extends AutoCloseable {
    /** Where files are on their worker's disk alone. */
    Replication NONE = new Replication() {
        @Override
        public void reached(Checkpoint synced) {
            // Nobody is to see it.
        }

        @Override
        public @Nullable Replica kept() {
            return null;
        }

        @Override
        public void close() {
            // Nothing was begun.
        }
    };

    /** The file is synced up to there, and stays as it is up to there until this is closed. */
    void reached(Checkpoint synced);

    /** What is kept of the file, as the status table has it; null while nothing is. */
    @Nullable Replica kept();

    /** Keeps nothing more: the file may change from now on wherever. Returns at once; may be called again. */
    @Override
    void close();
}
