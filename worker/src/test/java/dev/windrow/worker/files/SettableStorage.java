package dev.windrow.worker.files;

import dev.windrow.common.artifact.Storage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A disk that has as much left as the test says. */
public final class SettableStorage implements Storage {
    public volatile LongSupplier left = () -> Long.MAX_VALUE;
    public volatile boolean full;
    public final AtomicInteger relieved = new AtomicInteger();

    @Override
    public long left() {
        return left.getAsLong();
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public void relieve() {
        relieved.incrementAndGet();
    }

    @Override
    public void restock() {
        relieved.set(0);
    }
}
