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
        if (isNew(what + cause)) {
            log.warn("{} can't be swept, and will be tried again: {}", what, cause.toString());
        } else {
            log.debug("{} still can't be swept: {}", what, cause.toString());
        }
    }

    /** @param what the folder in which that many files were left, since they may be another's */
    void left(String what, int count, String example) {
        if (isNew("left " + count + " of " + what)) {
            log.warn(
                    "left alone in {}: {} that the status table has never known, such as {}; remove by hand what"
                            + " nothing else needs",
                    what,
                    count,
                    example);
        }
    }

    /** @param sweep what could not do its work, for a reason outside it */
    void failed(String sweep, RuntimeException cause) {
        if (isNew(sweep + cause)) {
            log.warn("{} failed, and will be tried again: {}", sweep, cause.toString());
        } else {
            log.debug("{} failed once more: {}", sweep, cause.toString());
        }
    }

    /** @param sweep what has met a defect */
    void broken(String sweep, Throwable cause) {
        if (isNew(sweep + cause)) {
            log.error("{} failed, and will be tried again", sweep, cause);
        } else {
            log.debug("{} failed once more", sweep, cause);
        }
    }

    private boolean isNew(String problem) {
        long now = System.nanoTime();
        told.values().removeIf(at -> now - at > TOLD_AGAIN_NANOS);
        return told.putIfAbsent(problem, now) == null;
    }
}
