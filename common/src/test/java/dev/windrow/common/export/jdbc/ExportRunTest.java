package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run says of its export, and what it may not say any more. */
final class ExportRunTest extends EachDatabase {

    @Test
    void fixesTheCutoffUntilACheckpointDependsOnIt() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, Arrays.asList("[1,\"\u0000ä\"]", null));
        assertThat(runs.fixCutoff(claim, new Cutoff(LATER, List.of()))).isTrue();
        assertThat(runs.fixCutoff(claim, cutoff)).isTrue();
        assertThat(runs.checkpoint(claim, checkpoint(claim, 393), progress(420, 42.0), LATER))
                .isTrue();
        assertThat(runs.fixCutoff(claim, new Cutoff(LATER, List.of()))).isFalse();
        assertThat(row(claim).run().cutoff()).isEqualTo(cutoff);
    }

    @Test
    void forgetsACheckpointByOtherKeysWithItsCutoff() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, List.of("[1]"), "keys");
        runs.fixCutoff(claim, cutoff);
        runs.checkpoint(claim, checkpoint(claim, 393), progress(420, 42.0), LATER);
        assertThat(runs.fixCutoff(claim, new Cutoff(LATER, List.of("[2]"), "keys")))
                .isFalse();
        assertThat(row(claim).run().cutoff()).isEqualTo(cutoff);

        Cutoff other = new Cutoff(LATER, List.of("[2]"), "others");
        assertThat(runs.fixCutoff(claim, other)).isTrue();

        assertThat(row(claim).run().cutoff()).isEqualTo(other);
        assertThat(row(claim).run().checkpoint()).isNull();
    }

    @Test
    void keepsFiguresAndRenewsTheLease() {
        Claim claim = running();
        Progress progress =
                new Progress(Phase.ATTACHMENTS, 3_000_000_000L, 6_000_000_000L, 50.5, 1, new Pace(2, NOW), 400L);
        assertThat(runs.progress(claim, progress, LATER)).isTrue();
        assertThat(row(claim).progress()).isEqualTo(progress);
        assertThat(row(claim).times().leaseUntil()).isEqualTo(LATER);
    }

    @Test
    void neverLetsThePercentFall() {
        Claim claim = running();
        runs.progress(claim, progress(420, 42.0), LATER);
        runs.progress(claim, progress(100, 10.0), LATER);
        assertThat(row(claim).progress()).isEqualTo(progress(100, 42.0));
        runs.progress(claim, new Progress(Phase.ROWS, 0, null, null, 0, new Pace(0, null), null), LATER);
        assertThat(row(claim).progress())
                .isEqualTo(new Progress(Phase.ROWS, 0, 1000L, 42.0, 0, new Pace(0, null), null));
        runs.progress(claim, progress(1000, 100.0), LATER);
        assertThat(row(claim).progress().percent()).isEqualTo(99.99);
        runs.handOver(claim);
        assertThat(claimed(NOW).progress().percent()).isEqualTo(99.99);
    }

    @Test
    void leavesWhatAnotherEngineHasBegunToTheWorkersThatHaveIt() {
        Claim begun = running();
        runs.checkpoint(begun, checkpoint(begun, 393), progress(500, 50.0), LATER);
        runs.handOver(begun);
        String engine = Objects.requireNonNull(row(begun).run().checkpoint()).engine();
        assertThat(engine).isNotNull();

        assertThat(claimNextBut(engine)).isEmpty();
        assertThat(claimNextBut("zlib:00/9", engine)).isEmpty();
        queue("ann");
        assertThat(claimNextBut(engine)).get().extracting(Export::id).isNotEqualTo(begun.id());
        assertThat(claimNextBut("zlib:00/9", engine.replace("/6", "/7")))
                .map(Export::id)
                .contains(begun.id());
    }

    private Optional<Export> claimNextBut(String... engines) {
        return runs.claimNext("w", LATER, Duration.ofSeconds(10), Set.of(engines));
    }

    @Test
    void keepsACheckpointForTheNextClaim() {
        Claim first = running();
        Cutoff cutoff = new Cutoff(NOW, List.of("9"));
        runs.fixCutoff(first, cutoff);
        Checkpoint checkpoint = checkpoint(first, 393);
        assertThat(runs.checkpoint(first, checkpoint, progress(500, 50.0), LATER))
                .isTrue();
        assertThat(row(first).progress()).isEqualTo(progress(500, 50.0));
        assertThat(row(first).times().leaseUntil()).isEqualTo(LATER);

        assertThat(runs.handOver(first)).isTrue();

        Export waiting = row(first);
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.progress())
                .isEqualTo(new Progress(Phase.WAITING, 400, 1000L, 50.0, 4096, new Pace(0, null), null));
        assertThat(waiting.attempt()).isEqualTo(1);
        assertThat(waiting.run().attempts().failures()).isZero();
        assertThat(waiting.times().leaseUntil()).isNull();
        Export second = claimed(LATER);
        assertThat(second.run().checkpoint()).isEqualTo(checkpoint);
        assertThat(second.run().cutoff()).isEqualTo(cutoff);
        assertThat(second.lastClaim().number()).isEqualTo(2);
        assertThat(second.times().started()).isEqualTo(NOW);
        assertThat(second.times().claimed()).isEqualTo(LATER);
    }

    @Test
    void keepsWhatSurvivesTheMachineForTheNextClaimHoweverTheRunWasLeft() {
        Claim first = running();
        Replica replica = replica(first, 393);
        assertThat(runs.replicate(first, replica)).isTrue();
        assertThat(row(first).run().replica()).isEqualTo(replica);
        runs.handOver(first);
        Claim second = claim();
        assertThat(runs.tryAgain(second, FULL, NOW)).isTrue();
        Claim third = claim();
        assertThat(upkeep.lose(new ExportUpkeep.Lease(third, "worker", NOW.plus(LEASE), 0)))
                .isTrue();

        assertThat(claimed(NOW).run().replica()).isEqualTo(replica);
    }

    @Test
    void goesOnFromAPlaceBeforeTheCheckpointWhichIsNoProgress() {
        Claim first = running();
        runs.checkpoint(first, checkpoint(first, 900), progress(1000, 90.0), LATER);
        runs.replicate(first, replica(first, 393));
        assertThat(upkeep.lose(new ExportUpkeep.Lease(first, "worker", LATER, 0)))
                .isTrue();
        Export second = claimed(NOW);
        Checkpoint fetched =
                Objects.requireNonNull(second.run().replica()).checkpoint().in(second.lastClaim());
        assertThat(runs.adopt(second.lastClaim(), fetched)).isTrue();

        Export row = row(second.lastClaim());
        assertThat(row.run().checkpoint()).isEqualTo(fetched);
        assertThat(fetched.claim()).isEqualTo(2);
        assertThat(row.progress().rowsWritten()).isEqualTo(400);
        assertThat(row.progress().bytesWritten()).isEqualTo(4096);
        assertThat(row.run().attempts().losses()).isEqualTo(1);
    }

    @Test
    void forgetsWhatSurvivesTheMachineWhenNobodyGoesOnFromIt() {
        Claim anew = replicated();
        assertThat(runs.replicate(anew, null)).isTrue();
        assertThat(row(anew).run().replica()).isNull();
        Claim spoilt = replicated();
        runs.tryAnew(spoilt, FULL, LATER);
        assertThat(row(spoilt).run().replica()).isNull();
        Claim failed = replicated();
        runs.fail(failed, FULL, LATER);
        assertThat(row(failed).run().replica()).isNull();
        Claim completed = replicated();
        runs.complete(completed, artifact(completed), progress(9, 9.0), NOW, LATER);
        assertThat(row(completed).run().replica()).isNull();
        Claim cancelled = replicated();
        exports.cancel(cancelled.id(), "ann", NOW);
        assertThat(row(cancelled).run().replica()).isNull();
        Claim lost = replicated();
        upkeep.giveUp(new ExportUpkeep.Lease(lost, "worker", NOW.plus(LEASE), 4), FULL, LATER);
        assertThat(row(lost).state()).isEqualTo(State.FAILED);
        assertThat(row(lost).run().replica()).isNull();
    }

    private Claim replicated() {
        Claim claim = running();
        assertThat(runs.replicate(claim, replica(claim, 393))).isTrue();
        return claim;
    }

    private static Replica replica(Claim claim, long rows) {
        return new Replica(checkpoint(claim, rows), List.of(new Checkpoint.Span(1, 96), new Checkpoint.Span(7, 4096)));
    }

    @Test
    void goesBackToTheFirstRowWithoutACheckpoint() {
        Claim claim = running();
        runs.progress(claim, progress(500, 50.0), LATER);
        runs.handOver(claim);
        assertThat(row(claim).progress())
                .isEqualTo(new Progress(Phase.WAITING, 0, 1000L, 50.0, 0, new Pace(0, null), null));
    }

    @Test
    void goesBackToTheFirstRowWhenTheFileOfTheCheckpointIsGone() {
        Claim claim = running();
        Checkpoint checkpoint = checkpoint(claim, 393);
        runs.checkpoint(claim, checkpoint, progress(500, 50.0), LATER);
        assertThat(runs.tryAnew(claim, FULL, LATER)).isTrue();

        assertThat(row(claim).progress())
                .isEqualTo(new Progress(Phase.WAITING, 0, 1000L, 50.0, 0, new Pace(0, null), null));
        assertThat(row(claim).run().checkpoint()).isEqualTo(checkpoint);
        assertThat(row(claim).attempt()).isEqualTo(2);
        assertThat(row(claim).run().attempts().failures()).isEqualTo(1);
        assertThat(row(claim).outcome().failure()).isEqualTo(FULL);
        assertThat(row(claim).times().notBefore()).isEqualTo(LATER);
        assertThat(runs.tryAnew(claim, FULL, LATER)).isFalse();
    }

    @Test
    void triesAgainAfterABackOff() {
        Claim claim = running();
        runs.intend(claim, artifact(claim), List.of(), null, LATER);
        assertThat(runs.tryAgain(claim, FULL, LATER)).isTrue();

        Export waiting = row(claim);
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(waiting.run().attempts().failures()).isEqualTo(1);
        assertThat(waiting.outcome().failure()).isEqualTo(FULL);
        assertThat(waiting.times().notBefore()).isEqualTo(LATER);
        assertThat(waiting.run().intent()).isEqualTo(artifact(claim));
        assertThat(runs.claimNext("worker", LATER.minusMillis(1), LEASE)).isEmpty();
        assertThat(upkeep.due(LATER.minusMillis(1), 9)).isEmpty();
        assertThat(upkeep.due(LATER, 9)).containsExactly(claim.id());

        Export running = claimed(LATER);
        assertThat(running.outcome().failure()).isNull();
        assertThat(running.times().notBefore()).isNull();
        assertThat(running.run().attempts().failures()).isEqualTo(1);
        runs.checkpoint(running.lastClaim(), checkpoint(claim, 1), progress(8, 1.0), LATER);
        assertThat(row(claim).run().attempts().failures()).isZero();
        assertThat(row(claim).attempt()).isEqualTo(2);
    }

    @Test
    void completes() {
        Claim claim = running();
        runs.checkpoint(claim, checkpoint(claim, 893), progress(900, 90.0), LATER);
        assertThat(runs.intend(claim, artifact(claim), List.of(), null, LATER)).isTrue();
        assertThat(row(claim).run().intent()).isEqualTo(artifact(claim));
        assertThat(runs.complete(claim, artifact(claim), progress(900, 90.0), NOW, LATER))
                .isTrue();

        Export done = row(claim);
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.progress())
                .isEqualTo(new Progress(
                        Phase.DONE, 900, 900L, 100.0, 5_000_000_000L, new Pace(250, NOW.plusMillis(900)), null));
        assertThat(done.artifact()).isEqualTo(artifact(claim));
        assertThat(done.times().finished()).isEqualTo(NOW);
        assertThat(done.times().expires()).isEqualTo(LATER);
        assertThat(done.run().checkpoint()).isNull();
        assertThat(done.run().intent()).isNull();
        assertThat(done.times().leaseUntil()).isNull();
    }

    @Test
    void keepsTheWarningsOfWhatWasSealedUntilItIsCompleted() {
        Claim claim = running();
        List<Warning> warnings = List.of(
                new Warning(Warning.Type.ROWS_CHANGED, "60,000 rows were counted, 3,960 were there."),
                new Warning(Warning.Type.ATTACHMENTS_MISSING, "1 file is missing: \0 \ud800 ä"));
        assertThat(runs.intend(claim, artifact(claim), warnings, null, LATER)).isTrue();
        runs.tryAgain(claim, FULL, NOW);
        Claim second = claimed(NOW).lastClaim();
        assertThat(runs.complete(second, artifact(claim), progress(900, 90.0), NOW, LATER))
                .isTrue();
        assertThat(row(second).outcome().warnings()).isEqualTo(warnings);
    }

    @Test
    void forgetsTheWarningsWithTheIntent() {
        List<Warning> warnings = List.of(new Warning(Warning.Type.CELLS_TRUNCATED, "1 text was cut."));
        Claim failed = running();
        runs.intend(failed, artifact(failed), warnings, null, LATER);
        runs.fail(failed, FULL, NOW);
        assertThat(row(failed).outcome().warnings()).isEmpty();

        Claim cancelled = running();
        runs.intend(cancelled, artifact(cancelled), warnings, null, LATER);
        exports.cancel(cancelled.id(), "ann", NOW);
        assertThat(row(cancelled).outcome().warnings()).isEmpty();

        Claim again = running();
        runs.intend(again, artifact(again), warnings, null, LATER);
        runs.intend(again, artifact(again), List.of(), null, LATER);
        assertThat(row(again).outcome().warnings()).isEmpty();
    }

    @Test
    void failsWithTheReasonAndKeepsTheCheckpoint() {
        Claim claim = running();
        runs.checkpoint(claim, checkpoint(claim, 1), progress(8, 0.8), LATER);
        assertThat(runs.fail(claim, new Failure(FailureCode.INTERNAL, "\0 \ud800 ä"), LATER))
                .isTrue();
        Export failed = row(claim);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.outcome().failure()).isEqualTo(new Failure(FailureCode.INTERNAL, "\ufffd ? ä"));
        assertThat(failed.times().finished()).isEqualTo(LATER);
        assertThat(failed.run().checkpoint()).isEqualTo(checkpoint(claim, 1));
        assertThat(failed.times().leaseUntil()).isNull();
    }

    @Test
    void refusesEveryChangeUnderAnOldClaim() {
        Claim old = running();
        runs.handOver(old);
        Claim current = claim();
        refusesAll(old);
        runs.progress(current, progress(1, 0.1), LATER);
        Instant finished = NOW.plusSeconds(1);
        assertThat(runs.complete(current, artifact(current), progress(1, 1.0), finished, LATER))
                .isTrue();
        refusesAll(old);
        refusesAll(current);
    }

    @Test
    void refusesEveryChangeOfWhatDoesNotRun() {
        Claim cancelled = running();
        assertThat(exports.cancel(cancelled.id(), "ann", NOW)).isTrue();
        refusesAll(cancelled);
        Claim failed = running();
        assertThat(runs.fail(failed, FULL, NOW)).isTrue();
        refusesAll(failed);
        assertThat(exports.cancel(failed.id(), "ann", NOW)).isFalse();
        Claim waiting = running();
        assertThat(runs.handOver(waiting)).isTrue();
        refusesAll(waiting);
        Claim deleted = claim();
        assertThat(exports.delete(deleted.id(), "ann")).isPresent();
        assertThat(runs.progress(deleted, progress(1, 1.0), LATER)).isFalse();
    }

    private void refusesAll(Claim claim) {
        Export before = row(claim);
        assertThat(runs.fixCutoff(claim, new Cutoff(NOW, List.of()))).isFalse();
        assertThat(runs.progress(claim, progress(9, 9.0), LATER)).isFalse();
        assertThat(runs.checkpoint(claim, checkpoint(claim, 9), progress(9, 9.0), LATER))
                .isFalse();
        assertThat(runs.replicate(claim, replica(claim, 9))).isFalse();
        assertThat(runs.adopt(claim, checkpoint(claim, 9))).isFalse();
        assertThat(runs.intend(claim, artifact(claim), List.of(), null, LATER)).isFalse();
        assertThat(runs.complete(claim, artifact(claim), progress(9, 9.0), NOW, LATER))
                .isFalse();
        assertThat(runs.fail(claim, FULL, LATER)).isFalse();
        assertThat(runs.tryAgain(claim, FULL, LATER)).isFalse();
        assertThat(runs.handOver(claim)).isFalse();
        assertThat(row(claim)).isEqualTo(before);
    }
}
