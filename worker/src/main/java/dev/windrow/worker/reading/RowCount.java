package dev.windrow.worker.reading;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts an export's rows beside its run, so that the run waits for nothing. Closing it ends the count, whether it is
 * through or not. A count that fails leaves the total unknown and hurts nobody.
 */
public final class RowCount implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RowCount.class);

    /** One file's rows: a reader of the count's own, and where they end. */
    public record Part(RowReader reader, String bound) {}

    private final List<Part> parts;
    private final FutureTask<Void> task;
    private volatile boolean closed;

    private RowCount(List<Part> parts, LongConsumer counted) {
        this.parts = parts;
        this.task = new FutureTask<>(() -> count(counted), null);
    }

    /**
     * @param parts are closed by the count
     * @param counted told the sum, once, on the executor's thread
     */
    public static RowCount start(List<Part> parts, Executor executor, LongConsumer counted) {
        RowCount count = new RowCount(parts, counted);
        executor.execute(count.task);
        return count;
    }

    private void count(LongConsumer counted) {
        long sum = 0;
        try {
            for (Part part : parts) {
                OptionalLong rows = closed ? OptionalLong.empty() : part.reader.count(part.bound);
                if (rows.isEmpty()) {
                    return;
                }
                sum += rows.getAsLong();
            }
            counted.accept(sum);
        } catch (SourceException e) {
            if (!closed) {
                log.warn("Rows not counted: {}", e.getMessage());
            }
        } finally {
            parts.forEach(part -> part.reader.close());
        }
    }

    @Override
    public void close() {
        closed = true;
        parts.forEach(part -> part.reader.cancel());
        try {
            // Its readers are closed by its own thread; a source must not be asked after the run has ended.
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | CancellationException e) {
            log.warn("Rows not counted", e);
        }
    }
}
