package dev.windrow.client;

import java.time.Duration;

/** Lets time pass between two tries. */
@FunctionalInterface
interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
