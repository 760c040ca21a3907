package dev.windrow.worker.run.retry;

import dev.windrow.common.export.Export.Attempts;
import dev.windrow.common.export.FailureCode;
import java.time.Duration;
import java.util.List;

/** What becomes of an export whose run has failed. The rule is a pure value: it looks at no clock, file or table. */
public sealed interface Retry {
    /** Tried again after a wait, from its checkpoint if it has one. */
    record Again(Duration after) implements Retry {}

    /** Tried again after a wait, from its first row: the file of its checkpoint is gone. */
    record Anew(Duration after) implements Retry {}

    /** Not tried again by itself: it has failed. */
    record Final() implements Retry {}

    /** The waits of an export that failed for a cause that may pass, by how often it failed in a row before. */
    List<Duration> BACK_OFF = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    /**
     * An archive that could not be written or read back is tried again this often in a row, and only while the export
     * was not tried {@link #SPOILT_IN_ALL} times: a checkpoint begins the row anew, also one that a later attempt only
     * repeats.
     */
    int SPOILT_IN_A_ROW = 3;

    /** Attempts of any kind after which a spoilt archive is not tried again. */
    int SPOILT_IN_ALL = 10;

    /**
     * As {@link #decide}, where the file of the checkpoint is gone here, and what is kept of it elsewhere is gone on
     * from: with each attempt the row begins its count of failures anew, so they are counted in all.
     */
    static Retry decideElsewhere(FailureCode code, boolean spoilt, Attempts attempts) {
        return attempts.attempt() < SPOILT_IN_ALL ? decide(code, spoilt, attempts, false) : new Final();
    }

    /**
     * Decides.
     *
     * @param spoilt the archive could not be written or read back, though there was room for it
     * @param attempts before this failure is counted
     * @param checkpointGone there is a checkpoint, and its file is no longer there
     */
    static Retry decide(FailureCode code, boolean spoilt, Attempts attempts, boolean checkpointGone) {
        int failures = attempts.failures();
        boolean again = code.mayPass() && failures < BACK_OFF.size()
                || spoilt && failures < SPOILT_IN_A_ROW && attempts.attempt() < SPOILT_IN_ALL;
        if (!again) {
            return new Final();
        }
        Duration after = BACK_OFF.get(failures);
        return checkpointGone ? new Anew(after) : new Again(after);
    }
}
