package dev.windrow.app.signals;

import dev.windrow.common.artifact.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;

/** How much of this machine's disk may still be taken. Thread-safe. */
public final class StorageMeters implements MeterBinder {
    private final Storage storage;

    public StorageMeters(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("windrow.storage.bytes", this, StorageMeters::left)
                .description("Room that work files and archives take, and that is left on this machine's disk")
                .tag("kind", "left")
                .register(registry);
    }

    private double left() {
        try {
            return storage.left();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
