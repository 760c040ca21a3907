package dev.windrow.client;

import java.time.Duration;

/** Is told how an export goes, on the thread that waits for it. What it throws ends the step. */
@FunctionalInterface
public interface ProgressListener {
    /** The export changed, or was looked at for the first time. */
    void status(ExportStatus status);

    /** Bytes of the archive that are here, and in all. */
    default void download(long bytes, long total) {}

    /** Something happened that the user may want to know, while the work goes on. */
    default void note(String text) {}

    /** The server did not answer; it is asked again after the delay. */
    default void lost(String why, Duration delay) {
        note(why + "; trying again");
    }
}
