package dev.windrow.app.model;

import dev.windrow.app.model.World.At;

/**
 * What a power cut can leave. Everybody is dead. Of each name that was made or removed and not synced, nobody knows
 * whether it is there; of bytes that were not synced, whether they are there, gone, or rubbish.
 */
final class PowerCut {
    private PowerCut() {}

    static void each(World now, Next.Moves moves) {
        World dead = now.copy();
        for (int run = 0; run < dead.at.length; run++) {
            dead.at[run] = At.FREE;
            dead.free(run);
        }
        dead.holdOf = 0;
        dead.holdLosses = 0;
        dead.leaseMoved = false;
        from(1, dead, moves);
    }

    private static void from(int file, World world, Next.Moves moves) {
        if (file > world.scope.claims()) {
            moves.to(Step.POWER_CUT, -1, world);
            return;
        }
        for (boolean inWork : choices(world.work[file], world.workKept[file])) {
            for (boolean inStore : choices(world.store[file], world.storeKept[file])) {
                for (int bytes = 0; bytes < 3; bytes++) {
                    boolean unsynced = world.length[file] > world.synced[file];
                    if (bytes == 0 || unsynced) {
                        World after = world.copy();
                        after.work[file] = inWork;
                        after.workKept[file] = inWork;
                        after.store[file] = inStore;
                        after.storeKept[file] = inStore;
                        bytes(after, file, bytes);
                        from(file + 1, after, moves);
                    }
                }
            }
        }
    }

    private static void bytes(World after, int file, int choice) {
        switch (choice) {
            case 0 -> after.synced[file] = after.length[file];
            case 1 -> after.length[file] = after.synced[file];
            default -> after.junk[file] = true;
        }
    }

    private static boolean[] choices(boolean now, boolean kept) {
        return now == kept ? new boolean[] {now} : new boolean[] {now, kept};
    }
}
