package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An export that has ended is run again. */
final class RetryTest extends EachDatabase {
    private static final Cutoff CUTOFF = new Cutoff(NOW, List.of("[\"k\",9]"));

    @Test
    void runsAFailedExportAgainFromItsFirstRowWithTheSameCutoff() {
        Claim claim = written();
        runs.tryAgain(claim, FULL, NOW);
        Claim second = claim();
        runs.fail(second, FULL, LATER);

        assertThat(exports.retry(row(claim), LATER)).isTrue();

        Export queued = row(claim);
        assertThat(queued.state()).isEqualTo(State.QUEUED);
        assertThat(queued.attempt()).isEqualTo(3);
        assertThat(queued.run().attempts().failures()).isZero();
        assertThat(queued.run().attempts().losses()).isZero();
        assertThat(queued.run().cutoff()).isEqualTo(CUTOFF);
        assertThat(queued.run().checkpoint()).isNull();
        assertThat(queued.outcome().failure()).isNull();
        assertThat(queued.times().started()).isNull();
        assertThat(queued.times().finished()).isNull();
        assertThat(queued.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(queued.progress().rowsWritten()).isZero();
        assertThat(queued.progress().bytesWritten()).isZero();
        assertThat(queued.progress().rowsTotal()).isEqualTo(1000);
        assertThat(queued.progress().percent()).isEqualTo(40.0);
        assertThat(claim()).isEqualTo(new Claim(claim.id(), 3));
    }

    @Test
    void runsACancelledExportAgainWithTheSameCutoff() {
        Claim claim = written();
        exports.cancel(claim.id(), "ann", LATER);
        assertThat(exports.retry(row(claim), LATER)).isTrue();
        Export queued = row(claim);
        assertThat(queued.attempt()).isEqualTo(2);
        assertThat(queued.run().cutoff()).isEqualTo(CUTOFF);
        assertThat(queued.progress().percent()).isEqualTo(40.0);
    }

    @Test
    void makesAnExpiredExportAnew() {
        Claim claim = written();
        runs.complete(claim, artifact(claim), progress(1000, 100.0), NOW, LATER);
        assertThat(new JdbcRetention(database).expire(LATER, NOW.minusSeconds(1)))
                .containsExactly(claim.id());
        isMadeAnew(claim);
    }

    @Test
    void makesAnExportAnewWhoseTimeIsOverBeforeASweepHasSaidSo() {
        Claim claim = written();
        runs.complete(claim, artifact(claim), progress(1000, 100.0), NOW, LATER);
        assertThat(exports.retry(row(claim), LATER.minusMillis(1))).isFalse();
        isMadeAnew(claim);
    }

    @Test
    void forgetsTheWarningsOfTheArchiveThatIsGone() {
        Claim claim = written();
        Warning warning = new Warning(Warning.Type.VALUES_REPLACED, "1 character was replaced by U+FFFD.");
        runs.intend(claim, artifact(claim), List.of(warning), null, LATER);
        runs.complete(claim, artifact(claim), progress(1000, 100.0), NOW, LATER);
        assertThat(row(claim).outcome().warnings()).containsExactly(warning);
        assertThat(exports.retry(row(claim), LATER)).isTrue();
        assertThat(row(claim).outcome().warnings()).isEmpty();
    }

    private void isMadeAnew(Claim claim) {
        assertThat(exports.retry(row(claim), LATER)).isTrue();
        Export queued = row(claim);
        assertThat(queued.state()).isEqualTo(State.QUEUED);
        assertThat(queued.attempt()).isEqualTo(2);
        assertThat(queued.run().cutoff()).isNull();
        assertThat(queued.artifact()).isNull();
        assertThat(queued.times().expires()).isNull();
        assertThat(queued.progress().percent()).isNull();
        assertThat(queued.progress().rowsTotal()).isNull();
        assertThat(claim()).isEqualTo(new Claim(claim.id(), 2));
    }

    @Test
    void retriesOnceOfAllWhoSawTheSameEnd() {
        Claim claim = running();
        assertThat(exports.retry(row(claim), LATER)).isFalse();
        exports.cancel(claim.id(), "ann", NOW);
        Export seen = row(claim);
        assertThat(exports.retry(seen, LATER)).isTrue();
        assertThat(exports.retry(seen, LATER)).isFalse();
        exports.cancel(claim.id(), "ann", NOW);
        assertThat(exports.retry(seen, LATER)).isFalse();
        assertThat(row(claim).state()).isEqualTo(State.CANCELLED);
    }

    /** A run with a cutoff and a checkpoint, at 40 percent. */
    private Claim written() {
        Claim claim = running();
        runs.fixCutoff(claim, CUTOFF);
        runs.checkpoint(claim, checkpoint(claim, 400), progress(400, 40.0), LATER);
        return claim;
    }
}
