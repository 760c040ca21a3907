package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportUpkeep.Lease;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sweeps do with runs whose worker is gone, and how they learn whose a file is. */
final class ExportUpkeepTest extends EachDatabase {
    private static final Failure LOST = new Failure(FailureCode.LOST_TOO_OFTEN, "Five times");

    @BeforeEach
    final void openUpkeep() {
        upkeep.dropForgotten(Instant.parse("2200-01-01T00:00:00Z"));
    }

    @Test
    void showsWhoHoldsWhatUntilWhen() {
        queue("bob");
        Claim claim = claim();
        queue("ann");

        assertThat(upkeep.held()).containsExactly(new Lease(claim, "worker", NOW.plus(LEASE), 0));
        runs.handOver(claim);
        assertThat(upkeep.held()).isEmpty();
    }

    @Test
    void takesALostRunBackToItsCheckpointAndCountsIt() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, List.of("9"));
        runs.fixCutoff(claim, cutoff);
        runs.checkpoint(claim, checkpoint(claim, 393), progress(500, 50.0), LATER);
        runs.intend(claim, artifact(claim), List.of(), null, LATER);

        assertThat(upkeep.lose(upkeep.held().get(0))).isTrue();

        Export waiting = row(claim);
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.progress())
                .isEqualTo(new Progress(Phase.WAITING, 400, 1000L, 50.0, 4096, new Pace(0, null), null));
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(waiting.run().attempts().losses()).isEqualTo(1);
        assertThat(waiting.times().notBefore()).isNull();
        assertThat(waiting.times().leaseUntil()).isNull();
        assertThat(waiting.run().cutoff()).isEqualTo(cutoff);
        assertThat(waiting.run().checkpoint()).isEqualTo(checkpoint(claim, 393));
        assertThat(waiting.run().intent()).isEqualTo(artifact(claim));
        assertThat(runs.progress(claim, progress(501, 50.1), LATER)).isFalse();
        assertThat(claimed(NOW).lastClaim().number()).isEqualTo(2);
    }

    @Test
    void leavesARunThatWasHeardOfSince() {
        Claim claim = running();
        Lease seen = upkeep.held().get(0);
        runs.progress(claim, progress(1, 0.1), LATER);

        assertThat(upkeep.lose(seen)).isFalse();
        assertThat(upkeep.giveUp(seen, LOST, LATER)).isFalse();
        assertThat(row(claim).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void leavesWhatOthersHaveMoved() {
        Claim claim = running();
        Lease seen = upkeep.held().get(0);
        assertThat(upkeep.lose(seen)).isTrue();
        claim();

        assertThat(upkeep.lose(seen)).isFalse();
        assertThat(row(claim).run().attempts().losses()).isEqualTo(1);
        assertThat(row(claim).attempt()).isEqualTo(2);
        Claim cancelled = running();
        Lease before = lease(cancelled);
        exports.cancel(cancelled.id(), "ann", NOW);
        assertThat(upkeep.lose(before)).isFalse();
        assertThat(upkeep.giveUp(before, LOST, NOW)).isFalse();
        assertThat(row(cancelled).state()).isEqualTo(State.CANCELLED);
    }

    private Lease lease(Claim claim) {
        return upkeep.held().stream()
                .filter(lease -> lease.claim().equals(claim))
                .findAny()
                .orElseThrow();
    }

    @Test
    void countsLossesInARowUntilACheckpointComesBetween() {
        Claim claim = running();
        upkeep.lose(lease(claim));
        Claim second = claim();
        assertThat(lease(second).losses()).isEqualTo(1);
        upkeep.lose(lease(second));
        Claim third = claim();
        assertThat(lease(third).losses()).isEqualTo(2);

        runs.checkpoint(third, checkpoint(third, 1), progress(8, 0.8), LATER);

        assertThat(lease(third).losses()).isZero();
        assertThat(row(third).attempt()).isEqualTo(3);
    }

    @Test
    void givesUpWithTheReason() {
        Claim claim = running();
        Warning warning = new Warning(Warning.Type.CELLS_TRUNCATED, "1 text was cut.");
        runs.intend(claim, artifact(claim), List.of(warning), null, LATER);

        assertThat(upkeep.giveUp(lease(claim), LOST, LATER)).isTrue();

        Export failed = row(claim);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.outcome().failure()).isEqualTo(LOST);
        assertThat(failed.times().finished()).isEqualTo(LATER);
        assertThat(failed.run().attempts().losses()).isEqualTo(1);
        assertThat(failed.run().intent()).isNull();
        assertThat(failed.outcome().warnings()).isEmpty();
        assertThat(failed.times().leaseUntil()).isNull();
        assertThat(upkeep.held()).isEmpty();
    }

    @Test
    void findsExportsOfAllOwnersByTheirIds() {
        ExportId ofAnn = queue("ann");
        ExportId ofBob = queue("bob");
        queue("bob");

        assertThat(upkeep.among(List.of(ofAnn, ofBob, nextId())))
                .extracting(Export::id)
                .containsExactlyInAnyOrder(ofAnn, ofBob);
        assertThat(upkeep.among(List.of())).isEmpty();
    }

    @Test
    void remembersWhatWasDeletedForAWhile() {
        ExportId deleted = queue("ann");
        ExportId there = queue("ann");
        ExportId never = nextId();
        exports.delete(deleted, "bob");
        assertThat(upkeep.forgottenAmong(List.of(deleted))).isEmpty();

        exports.delete(deleted, "ann");

        assertThat(upkeep.forgottenAmong(List.of(deleted, there, never))).isEqualTo(Set.of(deleted));
        upkeep.dropForgotten(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(upkeep.forgottenAmong(List.of(deleted))).containsExactly(deleted);
        upkeep.dropForgotten(Instant.parse("2200-01-01T00:00:00Z"));
        assertThat(upkeep.forgottenAmong(List.of(deleted))).isEmpty();
    }
}
