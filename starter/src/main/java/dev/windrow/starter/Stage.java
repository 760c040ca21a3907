package dev.windrow.starter;

import org.springframework.context.SmartLifecycle;

/** A step of the application's start, and the one of its end that goes with it. */
final class Stage implements SmartLifecycle {
    private final int phase;
    private final Runnable up;
    private final Runnable down;
    private volatile boolean running;

    /** @param phase low ones begin earlier and end later */
    Stage(int phase, Runnable up, Runnable down) {
        this.phase = phase;
        this.up = up;
        this.down = down;
    }

    @Override
    public void start() {
        up.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        down.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
