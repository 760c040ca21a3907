package dev.windrow.app.model;

/**
 * What may happen next. {@code docs/model/README.md} says of each which code it stands for; a test compares the two.
 */
enum Step {
    CLAIM,
    LOOK_AT_INTENT,
    BEGIN,
    BEGIN_ANEW,
    WRITE,
    SYNC,
    SYNC_WORK_FOLDER,
    CHECKPOINT,
    REMOVE_EARLIER,
    SEAL,
    INTEND,
    RENAME,
    SYNC_FOLDERS,
    COMPLETE,
    CLEAN,
    HEARTBEAT,
    NOTICE_LOSS,
    TRY_AGAIN,
    HOLD,
    LOSE,
    GIVE_UP,
    LET_GO,
    REMOVE,
    RING,
    HAND_OVER(true),
    FAIL(true),
    DISK_FAILS(true),
    KILL(true),
    POWER_CUT(true),
    RING_LOST(true),
    CANCEL(true),
    EXPIRE(true),
    RETRY(true);

    private final boolean disturbs;

    Step() {
        this(false);
    }

    Step(boolean disturbs) {
        this.disturbs = disturbs;
    }

    /** Nothing that the system does to get an export done: crashes, failures, and people. */
    boolean disturbs() {
        return disturbs;
    }
}
