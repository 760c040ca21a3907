package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact.Store;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of exports that have ended. */
final class RetentionTest extends EachDatabase {
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(90));
    private static final Store OWN = new Store("ours", true);
    private static final Failure DAMAGED = new Failure(FailureCode.INTERNAL, "The file was damaged");

    private JdbcRetention retention;

    @BeforeEach
    void openShelf() {
        retention = new JdbcRetention(database);
    }

    @Test
    void expiresWhatIsOverAndNamesItsFileUntilThatIsGone() {
        Claim over = completed(NOW, LATER);
        completed(NOW, LATER.plusMillis(1));
        running();

        assertThat(retention.expire(LATER, LONG_AGO)).containsExactly(over.id());
        assertThat(retention.expire(LATER, LONG_AGO)).isEmpty();

        assertThat(row(over).state()).isEqualTo(State.EXPIRED);
        assertThat(retention.leftovers(10)).extracting(Export::id).containsExactly(over.id());
        assertThat(retention.leftovers(10).get(0).artifact()).isEqualTo(artifact(over));
        assertThat(retention.removed(over)).isTrue();
        assertThat(retention.leftovers(10)).isEmpty();
        assertThat(row(over).artifact()).isNull();
        assertThat(row(over).times().expires()).isEqualTo(LATER);
    }

    @Test
    void touchesNoFileOfAnExportThatWasRetried() {
        Claim over = completed(NOW, LATER);
        retention.expire(LATER, LONG_AGO);
        exports.retry(row(over), LATER);
        assertThat(retention.removed(over)).isFalse();
        assertThat(retention.leftovers(10)).isEmpty();
    }

    @Test
    void expiresWhatIsOlderThanRecordsAreKept() {
        Claim old = completed(NOW, LATER);
        assertThat(retention.expire(NOW, NOW.minusMillis(1))).isEmpty();
        assertThat(retention.expire(NOW, NOW)).containsExactly(old.id());
    }

    @Test
    void forgetsFinalExportsThatHaveNoFile() {
        Claim failed = running();
        runs.fail(failed, FULL, NOW);
        Claim cancelled = running();
        exports.cancel(cancelled.id(), "ann", LATER);
        Claim expired = completed(NOW, LATER);
        Claim kept = completed(NOW, LATER.plusSeconds(1));
        retention.expire(LATER, LONG_AGO);
        Claim runs = running();

        assertThat(retention.forget(NOW.minusMillis(1), 10)).isZero();
        assertThat(retention.forget(NOW, 10)).isOne();
        assertThat(exports.find(failed.id(), "ann")).isEmpty();
        retention.removed(expired);
        assertThat(retention.forget(LATER, 1)).isOne();
        assertThat(exports.find(expired.id(), "ann")).isEmpty();
        assertThat(retention.forget(LATER, 10)).isOne();
        assertThat(exports.find(cancelled.id(), "ann")).isEmpty();
        assertThat(row(kept).state()).isEqualTo(State.COMPLETED);
        assertThat(row(runs).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void givesOutWhatWasLongestNotCheckedOnce() {
        Claim younger = completed(NOW, LATER.plusSeconds(99));
        Claim older = completed(NOW.minusSeconds(1), LATER.plusSeconds(99));

        assertThat(retention.takeUnchecked(NOW.minusSeconds(2), NOW, OWN)).isEmpty();
        assertThat(retention.takeUnchecked(NOW, LATER, OWN)).map(Export::id).contains(older.id());
        assertThat(retention.takeUnchecked(NOW, LATER, OWN)).map(Export::id).contains(younger.id());
        assertThat(retention.takeUnchecked(NOW, LATER, OWN)).isEmpty();
        assertThat(retention.takeUnchecked(LATER, LATER.plusSeconds(1), OWN))
                .map(Export::id)
                .contains(younger.id());
    }

    @Test
    void givesOutWhatIsInTheStoreThatCanBeRead() {
        Claim unnamed = completed(NOW, LATER.plusSeconds(99));
        Claim ours = completed(NOW, LATER.plusSeconds(99), "ours");
        Claim theirs = completed(NOW, LATER.plusSeconds(99), "theirs");
        assertThat(row(ours).artifact()).isEqualTo(artifact(ours).in("ours"));
        assertThat(exports.look(ours.id(), "ann").orElseThrow().artifact())
                .isEqualTo(artifact(ours).in("ours"));

        Store shared = new Store("ours", false);
        assertThat(retention.takeUnchecked(NOW, LATER, shared)).map(Export::id).contains(ours.id());
        assertThat(retention.takeUnchecked(NOW, LATER, shared)).isEmpty();
        assertThat(retention.takeUnchecked(NOW, LATER, new Store("ours", true)))
                .map(Export::id)
                .contains(unnamed.id());
        assertThat(retention.elsewhere(shared)).isOne();
        assertThat(retention.takeUnchecked(NOW, LATER, new Store("theirs", false)))
                .map(Export::id)
                .contains(theirs.id());
        assertThat(exports.retry(row(unnamed), LATER.plusSeconds(99))).isTrue();
    }

    @Test
    void condemnsACompletedExportAndNoOther() {
        Claim damaged = completed(NOW, LATER);
        assertThat(retention.condemn(damaged, DAMAGED, NOW)).isTrue();
        assertThat(row(damaged).state()).isEqualTo(State.EXPIRED);
        assertThat(row(damaged).outcome().failure()).isEqualTo(DAMAGED);
        assertThat(row(damaged).times().expires()).isEqualTo(NOW);
        assertThat(retention.leftovers(10)).extracting(Export::id).containsExactly(damaged.id());
        assertThat(retention.condemn(damaged, DAMAGED, NOW)).isFalse();
        assertThat(retention.condemn(running(), DAMAGED, NOW)).isFalse();
    }

    private Claim completed(Instant finishedAt, Instant expiresAt) {
        return completed(finishedAt, expiresAt, null);
    }

    private Claim completed(Instant finishedAt, Instant expiresAt, @Nullable String store) {
        Claim claim = running();
        runs.complete(claim, artifact(claim).in(store), progress(1, 1.0), finishedAt, expiresAt);
        return claim;
    }
}
