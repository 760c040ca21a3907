package dev.windrow.app.model;

import dev.windrow.app.model.World.At;
import dev.windrow.app.model.World.RowState;

/**
 * How claims, checkpoints, publishing, sweeps, crashes and people move an export: every step that may follow a state. A
 * step is what is atomic in the product: one statement on the row, or one call of the file system. Whoever is between
 * two steps may be as slow as it likes, so every worker is a possible zombie, and may be killed. Nobody looks at a
 * clock: a lease may lapse at any moment.
 */
final class Protocol {
    private final Mutant mutant;
    private final RunSteps runs;

    Protocol(Mutant mutant) {
        this.mutant = mutant;
        this.runs = new RunSteps(mutant);
    }

    private boolean is(Mutant other) {
        return mutant == other;
    }

    void next(World now, Next.Moves moves) {
        Next next = new Next(now, moves);
        for (int run = 0; run < now.at.length; run++) {
            if (now.at[run] == At.FREE) {
                runs.claim(next, run);
                break;
            }
        }
        for (int run = 0; run < now.at.length; run++) {
            if (now.at[run] != At.FREE) {
                runs.next(next, run);
            }
        }
        bell(next);
        sweepOfLostRuns(next);
        janitor(next);
        if (now.scope.user()) {
            people(next);
        }
        if (now.scope.cuts()) {
            PowerCut.each(now, moves);
        }
    }

    // The bell: ExportQueue.ring, Reconciler. Whoever answers it claims what is due.

    private void bell(Next next) {
        if (next.now().state != RowState.QUEUED) {
            return;
        }
        if (next.now().rung) {
            next.add(Step.RING_LOST, after -> after.rung = false);
        } else if (!is(Mutant.NO_RECONCILER)) {
            next.add(Step.RING, after -> after.rung = true);
        }
    }

    // Sweeps: LostRuns looks and then takes; Janitor looks and then removes.

    private void sweepOfLostRuns(Next next) {
        World now = next.now();
        if (now.holdOf > 0) {
            take(next);
        } else if (now.state == RowState.RUNNING && !is(Mutant.NO_SWEEP)) {
            if (now.scope.slowSweeps()) {
                next.add(Step.HOLD, after -> {
                    after.holdOf = after.claim;
                    after.holdLosses = after.losses;
                });
            } else {
                lose(next, now.losses);
            }
        }
    }

    /** ExportSql.NOT_HEARD_OF: the claim, and the lease that was seen. */
    private void take(Next next) {
        World now = next.now();
        boolean claimFits = now.claim == now.holdOf || is(Mutant.LOSS_WITHOUT_CLAIM);
        boolean leaseFits = !now.leaseMoved || is(Mutant.LOSS_WITHOUT_LEASE) || is(Mutant.LOSS_WITHOUT_CLAIM);
        if (now.state == RowState.RUNNING && claimFits && leaseFits) {
            lose(next, now.holdLosses);
        } else {
            next.add(Step.LET_GO, Protocol::letGo);
        }
    }

    private static void letGo(World after) {
        after.holdOf = 0;
        after.holdLosses = 0;
        after.leaseMoved = false;
    }

    /** ExportSql.LOSE, GIVE_UP. */
    private void lose(Next next, int losses) {
        boolean last = losses + 1 >= next.now().scope.mostLosses();
        next.add(last ? Step.GIVE_UP : Step.LOSE, after -> {
            after.state = last ? RowState.ENDED : RowState.QUEUED;
            after.intentOf = last ? 0 : after.intentOf;
            after.losses = is(Mutant.LOSSES_NOT_COUNTED) ? after.losses : after.losses + 1;
            after.lossesInTruth++;
            after.rung = true;
            letGo(after);
        });
    }

    private void janitor(Next next) {
        World now = next.now();
        for (int each = 1; each <= now.claim; each++) {
            int file = each;
            if (now.work[file] && (!now.needsWork(file) || is(Mutant.JANITOR_BY_AGE))) {
                next.add(Step.REMOVE, after -> after.work[file] = false);
            }
            boolean early = is(Mutant.FILE_EXPIRES_BEFORE_ROW) && now.state == RowState.COMPLETED;
            if (now.store[file] && (!now.needsStore(file) || early)) {
                next.add(Step.REMOVE, after -> {
                    after.store[file] = false;
                    System.arraycopy(after.store, 0, after.storeKept, 0, after.store.length);
                });
            }
        }
    }

    // People, and the time: ExportSql.CANCEL, RETRY, RetentionSql.EXPIRE. A deleted export is one that has ended and is
    // never retried.

    private void people(Next next) {
        RowState state = next.now().state;
        if (state.isActive() || is(Mutant.CANCEL_OF_A_COMPLETED_EXPORT) && state == RowState.COMPLETED) {
            next.add(Step.CANCEL, after -> {
                after.state = RowState.ENDED;
                after.intentOf = 0;
                after.forgetCheckpoint();
            });
        }
        if (state == RowState.COMPLETED) {
            next.add(Step.EXPIRE, after -> after.state = RowState.ENDED);
        } else if (state == RowState.ENDED) {
            next.add(Step.RETRY, after -> {
                after.state = RowState.QUEUED;
                after.claim = is(Mutant.RETRY_BEGINS_CLAIMS_ANEW) ? 0 : after.claim;
                after.artifactOf = 0;
                after.losses = 0;
                after.lossesInTruth = 0;
                after.rung = true;
                after.intentOf = 0;
                after.forgetCheckpoint();
            });
        }
    }
}
