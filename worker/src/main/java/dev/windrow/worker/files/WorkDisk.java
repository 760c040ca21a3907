package dev.windrow.worker.files;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this worker's own disk can take a run. Where other workers can go on with what this one began, one whose disk
 * is gone, full or read-only takes no exports until it is mended: it would only hold them up. Thread-safe.
 */
public final class WorkDisk {
    private static final Logger log = LoggerFactory.getLogger(WorkDisk.class);
    /** After a run found no room here: its file is gone then, and there seems to be room for the same once more. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final WorkFiles files;
    private final RunSpace space;
    private boolean closed;
    private long restsUntil = System.nanoTime();

    public WorkDisk(WorkFiles files, RunSpace space) {
        this.files = files;
        this.space = space;
    }

    /** Whether a run may begin; true where no other worker could have it instead. */
    public synchronized boolean isOpen() {
        if (!files.replicas().areKept()) {
            return true;
        }
        if (restsUntil - System.nanoTime() > 0) {
            return false;
        }
        String trouble = trouble();
        if (trouble != null && !closed) {
            log.warn(
                    "takes no exports, since the work folder can't be used: {}. Make room on its disk or make it writable,"
                            + " or start this worker with another windrow.home; it is looked at again",
                    trouble);
        } else if (trouble == null && closed) {
            log.info("takes exports again: the work folder can be used");
        }
        closed = trouble != null;
        return !closed;
    }

    /**
     * Whether the folder is so broken that a run which has just failed had no chance here, and another worker shall
     * have it at once.
     */
    public boolean isBroken() {
        if (!files.replicas().areKept()) {
            return false;
        }
        try {
            files.probe();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A run has found no room: others may have some. */
    public synchronized void rest() {
        restsUntil = System.nanoTime() + REST.toNanos();
    }

    private @Nullable String trouble() {
        try {
            files.probe();
            return space.isUsedUp() ? "what may be used of it is used up" : null;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
