package dev.windrow.app.model;

import dev.windrow.app.model.World.At;
import dev.windrow.app.model.World.RowState;

/** What a run does next: {@code Exports.claimNext}, then {@code ExportRunner.runClaimed} from top to bottom. */
final class RunSteps {
    private final Mutant mutant;

    RunSteps(Mutant mutant) {
        this.mutant = mutant;
    }

    private boolean is(Mutant other) {
        return mutant == other;
    }

    void claim(Next next, int run) {
        World now = next.now();
        if (now.state != RowState.QUEUED || !now.rung || now.claim == now.scope.claims()) {
            return;
        }
        next.add(Step.CLAIM, run, after -> {
            after.state = RowState.RUNNING;
            after.claim++;
            after.leaseMoved = after.holdOf > 0;
            after.rung = false;
            after.at[run] = At.CLAIMED;
            after.runOf[run] = after.claim;
            after.seenCheckpoint[run] = after.checkpointOf;
            after.seenLength[run] = after.checkpointLength;
            after.target[run] = after.intentOf;
        });
    }

    void next(Next next, int run) {
        switch (next.now().at[run]) {
            case CLAIMED -> next.add(Step.LOOK_AT_INTENT, run, after -> lookAtIntent(after, run));
            case ADOPTING -> begin(next, run);
            case WRITING -> write(next, run);
            case SYNCED -> next.add(Step.SYNC_WORK_FOLDER, run, after -> syncWorkFolder(after, run));
            case NOTING -> next.add(Step.CHECKPOINT, run, after -> checkpoint(after, run));
            case TIDYING -> next.add(Step.REMOVE_EARLIER, run, after -> removeEarlier(after, run));
            case SEALED -> next.add(Step.SYNC, run, after -> syncSealed(after, run));
            case INTENDING -> next.add(Step.INTEND, run, after -> intend(after, run));
            case RENAMING -> next.add(Step.RENAME, run, after -> rename(after, run));
            case RENAMED -> next.add(Step.SYNC_FOLDERS, run, after -> syncFolders(after, run));
            case COMPLETING -> next.add(Step.COMPLETE, run, after -> complete(after, run));
            case CLEANING ->
                next.add(Step.CLEAN, run, after -> {
                    removeUpTo(after, after.runOf[run]);
                    after.free(run);
                });
            case LOST -> next.add(Step.NOTICE_LOSS, run, after -> noticeLoss(after, run));
            case SPOILT -> requeue(next, run, Step.TRY_AGAIN);
            case FREE -> throw new IllegalStateException("no run");
        }
        next.add(Step.KILL, run, after -> after.free(run));
        heartbeat(next, run);
        if (next.now().scope.cuts()) {
            diskFails(next, run);
        }
    }

    /** Inheritance.published: what was sealed is published by whoever comes next, if it is still that. */
    private static void lookAtIntent(World after, int run) {
        int sealed = after.target[run];
        boolean waits = sealed > 0 && after.work[sealed];
        if (waits && !after.isWhole(sealed)) {
            after.work[sealed] = false;
        }
        boolean there = waits || sealed > 0 && after.store[sealed];
        boolean takesOver = there && after.isWhole(sealed);
        after.at[run] = takesOver ? At.RENAMING : At.ADOPTING;
        after.target[run] = takesOver ? sealed : 0;
    }

    /**
     * Inheritance.adopted: a copy of what was synced, or nothing. Another engine begins anew although the file is
     * there.
     */
    private void begin(Next next, int run) {
        World now = next.now();
        int earlier = now.seenCheckpoint[run];
        if (earlier > 0 && now.work[earlier] && now.length[earlier] >= now.seenLength[run]) {
            next.add(Step.BEGIN, run, after -> {
                int length = after.seenLength[run];
                open(after, run, length, after.junk[earlier] && length > after.synced[earlier]);
            });
        }
        next.add(Step.BEGIN_ANEW, run, after -> {
            if (earlier > 0 && is(Mutant.NEW_BEGINNING_REMOVES_FIRST)) {
                removeUpTo(after, after.runOf[run]);
            }
            open(after, run, 0, false);
        });
    }

    private void open(World after, int run, int length, boolean junk) {
        int file = file(after, run);
        after.work[file] = true;
        after.length[file] = length;
        after.synced[file] = 0;
        after.junk[file] = junk;
        after.seenCheckpoint[run] = 0;
        after.seenLength[run] = length;
        after.at[run] = At.WRITING;
    }

    /** WorkFiles.of: a file for each claim. */
    private int file(World now, int run) {
        return is(Mutant.ONE_WORK_FILE_FOR_ALL) ? 1 : now.runOf[run];
    }

    /** Blocks, and between two of them a checkpoint, a shutdown, or what goes wrong with the source. */
    private void write(Next next, int run) {
        World now = next.now();
        int file = file(now, run);
        if (now.length[file] < now.scope.blocks()) {
            next.add(Step.WRITE, run, after -> after.length[file]++);
        } else {
            next.add(Step.SEAL, run, after -> {
                after.length[file] = after.whole;
                after.at[run] = At.SEALED;
            });
        }
        // seenLength is the last checkpoint's.
        if (now.length[file] > now.seenLength[run]) {
            next.add(Step.SYNC, run, after -> {
                after.synced[file] = is(Mutant.CHECKPOINT_BEFORE_SYNC) ? after.synced[file] : after.length[file];
                after.seenLength[run] = after.length[file];
                after.at[run] = after.noted[run] ? At.NOTING : At.SYNCED;
            });
        }
        requeue(next, run, Step.HAND_OVER);
        requeue(next, run, Step.TRY_AGAIN);
        next.add(Step.FAIL, run, after -> {
            boolean won = after.isHeldBy(run);
            if (won) {
                after.state = RowState.ENDED;
                after.intentOf = 0;
            }
            after.at[run] = At.CLEANING;
            if (!won) {
                after.free(run);
            }
        });
    }

    private void syncWorkFolder(World after, int run) {
        if (!is(Mutant.CHECKPOINT_BEFORE_FOLDER_SYNC)) {
            System.arraycopy(after.work, 0, after.workKept, 0, after.work.length);
        }
        after.at[run] = At.NOTING;
    }

    /** ExportSql.CHECKPOINT. */
    private void checkpoint(World after, int run) {
        if (!after.isHeldBy(run) && !(is(Mutant.CHECKPOINT_WITHOUT_CLAIM) && after.state == RowState.RUNNING)) {
            after.at[run] = At.LOST;
            return;
        }
        after.checkpointOf = after.runOf[run];
        after.checkpointLength = after.seenLength[run];
        after.losses = 0;
        after.lossesInTruth = 0;
        after.leaseMoved = after.holdOf > 0;
        after.at[run] = after.noted[run] ? At.WRITING : At.TIDYING;
        after.noted[run] = true;
    }

    private static void removeEarlier(World after, int run) {
        removeUpTo(after, after.runOf[run] - 1);
        after.at[run] = At.WRITING;
    }

    private void syncSealed(World after, int run) {
        int file = file(after, run);
        if (!is(Mutant.INTENDED_BEFORE_SYNC)) {
            after.synced[file] = after.length[file];
        }
        after.target[run] = file;
        after.at[run] = is(Mutant.PUBLISHED_BEFORE_INTENT) ? At.RENAMING : At.INTENDING;
    }

    /** ExportSql.INTEND. */
    private void intend(World after, int run) {
        if (!after.isHeldBy(run)) {
            after.at[run] = At.LOST;
            return;
        }
        after.intentOf = after.target[run];
        after.leaseMoved = after.holdOf > 0;
        boolean completesNow = is(Mutant.PUBLISHED_BEFORE_INTENT) || is(Mutant.COMPLETED_BEFORE_RENAME);
        after.at[run] = completesNow ? At.COMPLETING : At.RENAMING;
    }

    /** DiskArtifactStore.publish: may be made again, by anybody, as often as they like. */
    private void rename(World after, int run) {
        int file = after.target[run];
        if (after.work[file]) {
            after.work[file] = false;
            after.store[file] = true;
        } else if (!after.store[file]) {
            boolean own = file == after.runOf[run];
            after.at[run] = own ? At.SPOILT : At.ADOPTING;
            after.target[run] = 0;
            return;
        }
        after.at[run] = is(Mutant.COMPLETED_BEFORE_FOLDER_SYNC) ? At.COMPLETING : At.RENAMED;
    }

    private void syncFolders(World after, int run) {
        System.arraycopy(after.work, 0, after.workKept, 0, after.work.length);
        System.arraycopy(after.store, 0, after.storeKept, 0, after.store.length);
        boolean intends = is(Mutant.PUBLISHED_BEFORE_INTENT) && after.intentOf != after.target[run];
        after.at[run] = intends ? At.INTENDING : is(Mutant.COMPLETED_BEFORE_RENAME) ? At.CLEANING : At.COMPLETING;
    }

    /** ExportSql.COMPLETE. */
    private void complete(World after, int run) {
        if (!after.isHeldBy(run) && !is(Mutant.COMPLETION_WITHOUT_CLAIM)) {
            after.at[run] = At.LOST;
            return;
        }
        after.state = RowState.COMPLETED;
        after.artifactOf = after.target[run];
        after.intentOf = 0;
        after.forgetCheckpoint();
        after.at[run] = is(Mutant.COMPLETED_BEFORE_RENAME) ? At.RENAMING : At.CLEANING;
    }

    /** ExportSql.PROGRESS, of which only the lease matters here. */
    private void heartbeat(Next next, int run) {
        World now = next.now();
        boolean beats = now.isHeldBy(run) || is(Mutant.HEARTBEAT_WITHOUT_CLAIM) && now.state == RowState.RUNNING;
        if (beats && now.holdOf > 0 && !now.leaseMoved) {
            next.add(Step.HEARTBEAT, run, after -> after.leaseMoved = true);
        }
    }

    /** RunEnds.stopped: whose export is somebody else's by now touches nothing; whose export has ended clears up. */
    private static void noticeLoss(World after, int run) {
        boolean goesOn = after.state.isActive();
        after.at[run] = At.CLEANING;
        if (goesOn) {
            after.free(run);
        }
    }

    /** ExportSql.HAND_OVER, TRY_AGAIN. */
    private static void requeue(Next next, int run, Step step) {
        next.add(step, run, after -> {
            boolean won = after.isHeldBy(run);
            if (won) {
                after.state = RowState.QUEUED;
                after.rung = false;
            }
            boolean looks = !won && step == Step.HAND_OVER;
            after.at[run] = At.LOST;
            if (!looks) {
                after.free(run);
            }
        });
    }

    /** RunEnds.failed: a file that could not be written or read back goes first, whoever wanted to go on from it. */
    private void diskFails(Next next, int run) {
        At at = next.now().at[run];
        if (at.compareTo(At.WRITING) >= 0 && at.compareTo(At.COMPLETING) < 0 && at != At.NOTING && at != At.INTENDING) {
            next.add(Step.DISK_FAILS, run, after -> {
                after.work[file(after, run)] = false;
                after.at[run] = At.SPOILT;
            });
        }
    }

    /** WorkFiles.removeUpTo. */
    private static void removeUpTo(World after, int last) {
        for (int file = 1; file <= last; file++) {
            after.work[file] = false;
        }
    }
}
