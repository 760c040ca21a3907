package dev.windrow.worker.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a sweep could not do: when it is new, and then once an hour for as long as it lasts, not at every sweep.
 * Belongs to one thread.
 */
final class ThrottledLog {
    private static final Logger log = LoggerFactory.getLogger(ThrottledLog.class);
    private static final long TOLD_AGAIN_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Map<String, Long> told = new HashMap<>();

    /** @param what the file or the folder that could not be swept */
    void tell(String what, Exception cause) {
        long now = System.nanoTime();
        told.values().removeIf(at -> now - at > TOLD_AGAIN_NANOS);
        if (told.putIfAbsent(what + cause, now) == null) {
            log.warn("{} can't be swept, and will be tried again: {}", what, cause.toString());
        } else {
            log.debug("{} still can't be swept: {}", what, cause.toString());
        }
    }
}
