package dev.windrow.common.thread;

import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep the process alive, all of one name. Thread-safe. */
public final class DaemonThreads implements ThreadFactory {
    private final String name;

    /** @param name for people who read thread dumps */
    public DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
