package dev.windrow.app.wiring;

import dev.windrow.worker.queue.Worker;
import dev.windrow.worker.sweep.Sweeper;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the worker after everything else and stops it before everything else: at a shutdown exports are handed back
 * while downloads still run.
 */
final class WorkerLifecycle implements SmartLifecycle {
    private final Worker worker;
    private final Consumer<Sweeper> sweeps;
    private final Sweeper sweeper = new Sweeper();
    private volatile boolean running;

    WorkerLifecycle(Worker worker, Consumer<Sweeper> sweeps) {
        this.worker = worker;
        this.sweeps = sweeps;
    }

    @Override
    public void start() {
        worker.start();
        sweeps.accept(sweeper);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        sweeper.close();
        worker.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
