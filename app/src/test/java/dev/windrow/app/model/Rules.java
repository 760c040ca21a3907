package dev.windrow.app.model;

import dev.windrow.app.model.World.RowState;

/** What must always hold. Each rule answers whether it is broken by a step. */
enum Rules {
    COMPLETED_MEANS_WHOLE_AND_SYNCED {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            int file = after.artifactOf;
            return after.state == RowState.COMPLETED
                    && !(after.store[file]
                            && after.storeKept[file]
                            && after.isWhole(file)
                            && after.synced[file] == after.whole);
        }
    },
    A_FILE_IS_WRITTEN_BY_ITS_CLAIM {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            for (int file = 1; file <= after.scope.claims(); file++) {
                boolean same = before.length[file] == after.length[file] && before.synced[file] == after.synced[file];
                if (!same && step != Step.POWER_CUT && (run < 0 || before.runOf[run] != file)) {
                    return true;
                }
            }
            return false;
        }
    },
    A_ZOMBIE_CHANGES_NO_ROW {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            return run >= 0 && step != Step.CLAIM && !before.isHeldBy(run) && !isSameRow(before, after);
        }
    },
    A_SWEEP_TAKES_WHAT_IT_SAW {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            boolean takes = step == Step.LOSE || step == Step.GIVE_UP;
            return takes && before.holdOf > 0 && (before.claim != before.holdOf || before.leaseMoved);
        }
    },
    CLAIMS_GROW {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            return after.claim != before.claim + (step == Step.CLAIM ? 1 : 0);
        }
    },
    A_FINAL_STATE_IS_LEFT_BY_RETRY_OR_EXPIRY {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            boolean asked = step == Step.RETRY || step == Step.EXPIRE;
            return !before.state.isActive() && before.state != after.state && !asked;
        }
    },
    ONE_FILE_COUNTS {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            int counting = 0;
            for (int file = 1; file <= after.scope.claims(); file++) {
                counting += after.store[file] && after.needsStore(file) ? 1 : 0;
            }
            boolean replaced = before.artifactOf > 0 && after.artifactOf > 0 && before.artifactOf != after.artifactOf;
            return counting > 1 || replaced;
        }
    },
    A_CHECKPOINT_IS_ON_THE_DISK {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            int file = after.checkpointOf;
            return step == Step.CHECKPOINT
                    && !isSameRow(before, after)
                    && (after.synced[file] < after.checkpointLength || after.work[file] && !after.workKept[file]);
        }
    },
    A_CHECKPOINT_IS_NOT_JUNK {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            int file = after.checkpointOf;
            return file > 0
                    && after.state.isActive()
                    && after.work[file]
                    && after.synced[file] < after.checkpointLength;
        }
    },
    AN_INTENT_IS_ON_THE_DISK {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            int file = after.intentOf;
            return step == Step.INTEND && !isSameRow(before, after) && after.synced[file] < after.whole;
        }
    },
    NOTHING_NEEDED_IS_REMOVED {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            for (int file = 1; file <= after.scope.claims(); file++) {
                boolean own = run >= 0 && before.runOf[run] == file;
                boolean removes = step != Step.RENAME && step != Step.POWER_CUT && !own && !before.junk[file];
                boolean work = before.work[file] && !after.work[file] && after.needsWork(file);
                boolean store = before.store[file] && !after.store[file] && after.needsStore(file);
                if (removes && (work || store)) {
                    return true;
                }
            }
            return false;
        }
    },
    /** So a janitor may be as slow as it likes between its look at the row and the removal. */
    WHAT_NOBODY_NEEDS_NOBODY_WILL_NEED {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            for (int file = 1; file <= before.claim; file++) {
                boolean work = !before.needsWork(file) && after.needsWork(file);
                boolean store = before.store[file] && !before.needsStore(file) && after.needsStore(file);
                if (work || store) {
                    return true;
                }
            }
            return false;
        }
    },
    LOST_TOO_OFTEN_IS_COUNTED_FROM_THE_CHECKPOINT {
        @Override
        boolean isBroken(World before, Step step, int run, World after) {
            boolean tooOften = before.lossesInTruth + 1 >= before.scope.mostLosses();
            return step == Step.LOSE && tooOften || step == Step.GIVE_UP && !tooOften;
        }
    };

    /** @param run who takes the step; -1 for no run */
    abstract boolean isBroken(World before, Step step, int run, World after);

    private static boolean isSameRow(World one, World other) {
        return one.state == other.state
                && one.claim == other.claim
                && one.checkpointOf == other.checkpointOf
                && one.checkpointLength == other.checkpointLength
                && one.intentOf == other.intentOf
                && one.artifactOf == other.artifactOf
                && one.losses == other.losses
                && one.leaseMoved == other.leaseMoved;
    }
}
