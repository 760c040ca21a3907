package dev.windrow.app.outbox;

import dev.windrow.worker.outbox.Relay;
import org.springframework.context.SmartLifecycle;

/** Starts carrying after everything else, and stops it before everything else. */
final class RelayLifecycle implements SmartLifecycle {
    private final Relay relay;
    private volatile boolean running;

    RelayLifecycle(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        relay.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
