package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.common.statistics.ExportStatistics;
import dev.windrow.common.statistics.ExportStatistics.Group;
import dev.windrow.common.statistics.ExportStatistics.Running;
import dev.windrow.common.statistics.ExportStatistics.SourceError;
import dev.windrow.common.statistics.jdbc.JdbcExportStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExportStatisticsTest extends EachDatabase {
    private static final Instant MORNING = NOW.minusSeconds(3600);

    @Test
    void countsByStateDatasetAndFormat() {
        Claim ended = running();
        runs.complete(ended, Artifact.zip(ended, 5, "0".repeat(64), List.of()), progress(1, 100.0), NOW, LATER);
        Claim failed = running();
        runs.fail(failed, FULL, NOW);
        Claim claim = running();
        runs.progress(claim, progress(100, 10.0), LATER);
        queue("ann");
        queue("bob");
        exports.insert(Export.queued(nextId(), "bob", request("others"), NOW));

        assertThat(statistics().active())
                .containsExactlyInAnyOrder(
                        new Group(State.QUEUED, "readings", "csv", 2, 0),
                        new Group(State.QUEUED, "others", "csv", 1, 0),
                        new Group(State.RUNNING, "readings", "csv", 1, 1000));
        assertThat(statistics().ended())
                .containsExactlyInAnyOrder(
                        new Group(State.COMPLETED, "readings", "csv", 1, 5),
                        new Group(State.FAILED, "readings", "csv", 1, 0));
    }

    @Test
    void findsWhatHasBeenDueForTheLongest() {
        assertThat(statistics().oldestDue(NOW)).isEmpty();

        queue("ann");
        ExportId older = nextId();
        exports.insert(Export.queued(older, "bob", request("readings"), MORNING));
        assertThat(statistics().oldestDue(NOW)).contains(MORNING);

        assertThat(runs.claimNext("worker", NOW, LEASE)).isPresent();
        assertThat(runs.claimNext("worker", NOW, LEASE)).isPresent();
        assertThat(statistics().oldestDue(NOW)).isEmpty();
    }

    /** An export that has run for an hour has not waited for one. */
    @Test
    void countsFromTheLastRunAndFromTheEndOfABackOff() {
        exports.insert(Export.queued(nextId(), "ann", request("readings"), MORNING));
        Claim claim = claim();
        runs.handOver(claim);
        assertThat(statistics().oldestDue(LATER)).contains(NOW);

        Claim again = claimed(NOW).lastClaim();
        runs.tryAgain(again, FULL, LATER);
        assertThat(statistics().oldestDue(NOW)).isEmpty();
        assertThat(statistics().oldestDue(LATER.plusSeconds(5))).contains(LATER);
    }

    @Test
    void tellsWhoRunsWhat() {
        Claim claim = running();
        runs.progress(claim, progress(100, 10.0), LATER);
        queue("bob");
        queue("bob");
        Claim later = claimed(NOW.plusSeconds(1)).lastClaim();

        List<Running> found = statistics().running(10);

        assertThat(found)
                .extracting(Running::export, Running::owner, Running::dataset, Running::worker, Running::since)
                .containsExactly(
                        tuple(claim.id().toString(), "ann", "readings", "worker", NOW),
                        tuple(later.id().toString(), "bob", "readings", "worker", NOW.plusSeconds(1)));
        assertThat(found)
                .extracting(Running::done)
                .containsExactly(new ExportStatistics.Done(100, 10.0), new ExportStatistics.Done(0, null));
        assertThat(found.get(0).leaseUntil()).isEqualTo(LATER);
        assertThat(statistics().running(1)).hasSize(1);
    }

    @Test
    void tellsOfEachDatasetWhatItsSourceLastDidWrong() {
        Failure away = new Failure(FailureCode.SOURCE_UNAVAILABLE, "The source can't be reached.");
        Failure refused = new Failure(FailureCode.SOURCE_QUERY_FAILED, "The query failed.");
        runs.fail(running(), refused, NOW.minusSeconds(9));
        Claim last = running();
        runs.fail(last, away, NOW.minusSeconds(3));
        runs.fail(running(), FULL, NOW);
        exports.insert(Export.queued(nextId(), "bob", request("others"), MORNING));
        Claim waiting = claim();
        runs.tryAgain(waiting, away, LATER);
        Claim done = running();
        runs.complete(done, artifact(done), progress(1, 100.0), NOW.plusSeconds(5), LATER);

        assertThat(statistics().sourceErrors(MORNING))
                .containsExactly(
                        new SourceError("others", waiting.id().toString(), NOW, "source-unavailable", away.detail()),
                        new SourceError(
                                "readings",
                                last.id().toString(),
                                NOW.minusSeconds(3),
                                "source-unavailable",
                                away.detail()));
        assertThat(statistics().sourceErrors(NOW.plusSeconds(1))).isEmpty();
        assertThat(statistics().completed(MORNING)).isEqualTo(Map.of("readings", NOW.plusSeconds(5)));
        assertThat(statistics().completed(NOW.plusSeconds(6))).isEmpty();
    }

    private ExportStatistics statistics() {
        return new JdbcExportStatistics(database::reading);
    }
}
