package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.CsvOptions;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports.Filter;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of one export: every change, and what it leaves alone. */
abstract class ExportsContract extends ExportsFixture {
    static final Failure FULL = new Failure(FailureCode.STORAGE_FULL, "There is no room");

    @Test
    void keepsWhatWasAskedFor() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("z", "\0 \ud800 \ud83d\ude00 \u2028 ' \" \\ %s :id ?");
        parameters.put("a", new BigInteger("9".repeat(300)));
        parameters.put("n", new BigDecimal("-0.10"));
        parameters.put("list", List.of(1L, true, "x"));
        CsvOptions csv = new CsvOptions(true, '\t', false, true);
        ExportRequest request =
                new ExportRequest("readings", Format.NDJSON, parameters, List.of("Wert ✓", "at"), csv, "März.zip");
        ExportId id = nextId();

        exports.insert(id, "ann", request, NOW);

        Export found = exports.find(id, "ann").orElseThrow();
        assertThat(found).isEqualTo(new Export(
                id, "ann", request, State.QUEUED, Progress.NONE, 0, 1, 0, 0, null, NOW, null, null, null, null, null, null,
                null, null, null));
        assertThat(found.request().parameters().keySet()).containsExactly("z", "a", "n", "list");
    }

    @Test
    void refusesAnIdTwice() {
        ExportId id = queue("ann");
        assertThatThrownBy(() -> exports.insert(id, "bob", request("other"), NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is an export with the id " + id + " already");
        assertThat(exports.find(id, "ann").orElseThrow().request().dataset()).isEqualTo("readings");
    }

    @Test
    void hidesAnExportFromOthers() {
        ExportId id = queue("ann");
        assertThat(exports.find(id, "bob")).isEmpty();
        assertThat(exports.list("bob", Filter.ALL, null, 10)).isEmpty();
        assertThat(exports.cancel(id, "bob", NOW)).isFalse();
        assertThat(exports.delete(id, "bob")).isEmpty();
        assertThat(exports.find(id, "ann")).map(Export::state).contains(State.QUEUED);
        assertThat(exports.find(nextId(), "ann")).isEmpty();
    }

    @Test
    void listsNewestFirstInPages() {
        ExportId first = queue("ann");
        queue("bob");
        ExportId second = nextId();
        exports.insert(second, "ann", request("other"), NOW);
        ExportId third = queue("ann");
        exports.cancel(second, "ann", NOW);

        assertThat(ids(Filter.ALL, null, 2)).containsExactly(third, second);
        assertThat(ids(Filter.ALL, second, 2)).containsExactly(first);
        assertThat(ids(Filter.ALL, first, 2)).isEmpty();
        assertThat(ids(new Filter(State.QUEUED, null), null, 9)).containsExactly(third, first);
        assertThat(ids(new Filter(null, "other"), null, 9)).containsExactly(second);
        assertThat(ids(new Filter(State.QUEUED, "other"), null, 9)).isEmpty();
    }

    private List<ExportId> ids(Filter filter, ExportId before, int limit) {
        return exports.list("ann", filter, before, limit).stream().map(Export::id).toList();
    }

    @Test
    void claimsUnderANewNumberAndALease() {
        ExportId id = queue("ann");

        Export export = exports.claimNext("worker\0 7", NOW, LEASE).orElseThrow();

        assertThat(export).isEqualTo(exports.find(id, "ann").orElseThrow());
        assertThat(export.lastClaim()).isEqualTo(new Claim(id, 1));
        assertThat(export.state()).isEqualTo(State.RUNNING);
        assertThat(export.progress().phase()).isEqualTo(Phase.ROWS);
        assertThat(export.startedAt()).isEqualTo(NOW);
        assertThat(export.leaseUntil()).isEqualTo(NOW.plus(LEASE));
        assertThat(export.attempt()).isEqualTo(1);
        assertThat(exports.claimNext("worker", NOW, LEASE)).isEmpty();
    }

    @Test
    void fixesTheCutoffOnce() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, Arrays.asList("[1,\"\u0000ä\"]", null));
        assertThat(exports.fixCutoff(claim, cutoff)).isTrue();
        assertThat(exports.fixCutoff(claim, new Cutoff(LATER, List.of()))).isFalse();
        assertThat(row(claim).cutoff()).isEqualTo(cutoff);
    }

    @Test
    void keepsFiguresAndRenewsTheLease() {
        Claim claim = running();
        Progress progress = new Progress(Phase.ATTACHMENTS, 3_000_000_000L, 6_000_000_000L, 50.5, 1, 2, NOW, 400L);
        assertThat(exports.progress(claim, progress, LATER)).isTrue();
        assertThat(row(claim).progress()).isEqualTo(progress);
        assertThat(row(claim).leaseUntil()).isEqualTo(LATER);
    }

    @Test
    void neverLetsThePercentFall() {
        Claim claim = running();
        exports.progress(claim, progress(420, 42.0), LATER);
        exports.progress(claim, progress(100, 10.0), LATER);
        assertThat(row(claim).progress()).isEqualTo(progress(100, 42.0));
        exports.progress(claim, new Progress(Phase.ROWS, 0, null, null, 0, 0, null, null), LATER);
        assertThat(row(claim).progress()).isEqualTo(new Progress(Phase.ROWS, 0, 1000L, 42.0, 0, 0, null, null));
        exports.progress(claim, progress(1000, 100.0), LATER);
        assertThat(row(claim).progress().percent()).isEqualTo(99.99);
        exports.handOver(claim);
        assertThat(claimed(NOW).progress().percent()).isEqualTo(99.99);
    }

    @Test
    void keepsACheckpointForTheNextClaim() {
        Claim first = running();
        Cutoff cutoff = new Cutoff(NOW, List.of("9"));
        exports.fixCutoff(first, cutoff);
        Checkpoint checkpoint = checkpoint(first, 393);
        assertThat(exports.checkpoint(first, checkpoint, progress(500, 50.0), LATER)).isTrue();
        assertThat(row(first).progress()).isEqualTo(progress(500, 50.0));
        assertThat(row(first).leaseUntil()).isEqualTo(LATER);

        assertThat(exports.handOver(first)).isTrue();

        Export waiting = row(first);
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.progress()).isEqualTo(new Progress(Phase.WAITING, 400, 1000L, 50.0, 4096, 0, null, null));
        assertThat(waiting.attempt()).isEqualTo(1);
        assertThat(waiting.failures()).isZero();
        assertThat(waiting.leaseUntil()).isNull();
        Export second = claimed(LATER);
        assertThat(second.checkpoint()).isEqualTo(checkpoint);
        assertThat(second.cutoff()).isEqualTo(cutoff);
        assertThat(second.claim()).isEqualTo(2);
        assertThat(second.startedAt()).isEqualTo(NOW);
    }

    @Test
    void goesBackToTheFirstRowWithoutACheckpoint() {
        Claim claim = running();
        exports.progress(claim, progress(500, 50.0), LATER);
        exports.handOver(claim);
        assertThat(row(claim).progress()).isEqualTo(new Progress(Phase.WAITING, 0, 1000L, 50.0, 0, 0, null, null));
    }

    @Test
    void triesAgainAfterABackOff() {
        Claim claim = running();
        exports.intend(claim, artifact(claim), LATER);
        assertThat(exports.tryAgain(claim, FULL, LATER)).isTrue();

        Export waiting = row(claim);
        assertThat(waiting.state()).isEqualTo(State.QUEUED);
        assertThat(waiting.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(waiting.failures()).isEqualTo(1);
        assertThat(waiting.failure()).isEqualTo(FULL);
        assertThat(waiting.notBefore()).isEqualTo(LATER);
        assertThat(waiting.intent()).isEqualTo(artifact(claim));
        assertThat(exports.claimNext("worker", LATER.minusMillis(1), LEASE)).isEmpty();
        assertThat(exports.due(LATER.minusMillis(1), 9)).isEmpty();
        assertThat(exports.due(LATER, 9)).containsExactly(claim.id());
        assertThat(exports.waiting(NOW)).isEqualTo(1);

        Export running = claimed(LATER);
        assertThat(running.failure()).isNull();
        assertThat(running.notBefore()).isNull();
        assertThat(running.failures()).isEqualTo(1);
        exports.checkpoint(running.lastClaim(), checkpoint(claim, 1), progress(8, 1.0), LATER);
        assertThat(row(claim).failures()).isZero();
        assertThat(row(claim).attempt()).isEqualTo(2);
    }

    @Test
    void completes() {
        Claim claim = running();
        exports.checkpoint(claim, checkpoint(claim, 893), progress(900, 90.0), LATER);
        assertThat(exports.intend(claim, artifact(claim), LATER)).isTrue();
        assertThat(row(claim).intent()).isEqualTo(artifact(claim));
        assertThat(exports.complete(claim, artifact(claim), progress(900, 90.0), NOW, LATER)).isTrue();

        Export done = row(claim);
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.progress())
                .isEqualTo(new Progress(Phase.DONE, 900, 900L, 100.0, 5_000_000_000L, 250, NOW.plusMillis(900), null));
        assertThat(done.artifact()).isEqualTo(artifact(claim));
        assertThat(done.finishedAt()).isEqualTo(NOW);
        assertThat(done.expiresAt()).isEqualTo(LATER);
        assertThat(done.checkpoint()).isNull();
        assertThat(done.intent()).isNull();
        assertThat(done.leaseUntil()).isNull();
    }

    @Test
    void failsWithTheReasonAndKeepsTheCheckpoint() {
        Claim claim = running();
        exports.checkpoint(claim, checkpoint(claim, 1), progress(8, 0.8), LATER);
        assertThat(exports.fail(claim, new Failure(FailureCode.INTERNAL, "\0 \ud800 ä"), LATER)).isTrue();
        Export failed = row(claim);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.failure()).isEqualTo(new Failure(FailureCode.INTERNAL, "\ufffd ? ä"));
        assertThat(failed.finishedAt()).isEqualTo(LATER);
        assertThat(failed.checkpoint()).isEqualTo(checkpoint(claim, 1));
        assertThat(failed.leaseUntil()).isNull();
    }

    @Test
    void cancelsWhatWaitsAndForgetsItsFiles() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, List.of());
        exports.fixCutoff(claim, cutoff);
        exports.checkpoint(claim, checkpoint(claim, 1), progress(8, 0.8), LATER);
        exports.intend(claim, artifact(claim), LATER);
        exports.tryAgain(claim, FULL, LATER);
        assertThat(exports.cancel(claim.id(), "ann", LATER)).isTrue();

        Export cancelled = row(claim);
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.checkpoint()).isNull();
        assertThat(cancelled.intent()).isNull();
        assertThat(cancelled.failure()).isNull();
        assertThat(cancelled.notBefore()).isNull();
        assertThat(cancelled.cutoff()).isEqualTo(cutoff);
        assertThat(cancelled.finishedAt()).isEqualTo(LATER);
        assertThat(exports.cancel(claim.id(), "ann", LATER)).isFalse();
        assertThat(exports.claimNext("worker", LATER, LEASE)).isEmpty();
    }

    @Test
    void deletesInAnyStateAndTellsWhatWasThere() {
        Claim claim = running();
        exports.complete(claim, artifact(claim), progress(1, 1.0), NOW, LATER);
        Optional<Export> before = exports.find(claim.id(), "ann");
        assertThat(exports.delete(claim.id(), "ann")).isEqualTo(before);
        assertThat(exports.delete(claim.id(), "ann")).isEmpty();
        assertThat(exports.find(claim.id(), "ann")).isEmpty();
        ExportId waiting = queue("ann");
        assertThat(exports.delete(waiting, "ann")).map(Export::state).contains(State.QUEUED);
    }

    @Test
    void refusesEveryChangeUnderAnOldClaim() {
        Claim old = running();
        exports.handOver(old);
        Claim current = claim();
        refusesAll(old);
        exports.progress(current, progress(1, 0.1), LATER);
        Instant finished = NOW.plusSeconds(1);
        assertThat(exports.complete(current, artifact(current), progress(1, 1.0), finished, LATER)).isTrue();
        refusesAll(old);
        refusesAll(current);
    }

    @Test
    void refusesEveryChangeOfWhatDoesNotRun() {
        Claim cancelled = running();
        assertThat(exports.cancel(cancelled.id(), "ann", NOW)).isTrue();
        refusesAll(cancelled);
        Claim failed = running();
        assertThat(exports.fail(failed, FULL, NOW)).isTrue();
        refusesAll(failed);
        assertThat(exports.cancel(failed.id(), "ann", NOW)).isFalse();
        Claim waiting = running();
        assertThat(exports.handOver(waiting)).isTrue();
        refusesAll(waiting);
        Claim deleted = claim();
        assertThat(exports.delete(deleted.id(), "ann")).isPresent();
        assertThat(exports.progress(deleted, progress(1, 1.0), LATER)).isFalse();
    }

    private void refusesAll(Claim claim) {
        Export before = row(claim);
        assertThat(exports.fixCutoff(claim, new Cutoff(NOW, List.of()))).isFalse();
        assertThat(exports.progress(claim, progress(9, 9.0), LATER)).isFalse();
        assertThat(exports.checkpoint(claim, checkpoint(claim, 9), progress(9, 9.0), LATER)).isFalse();
        assertThat(exports.intend(claim, artifact(claim), LATER)).isFalse();
        assertThat(exports.complete(claim, artifact(claim), progress(9, 9.0), NOW, LATER)).isFalse();
        assertThat(exports.fail(claim, FULL, LATER)).isFalse();
        assertThat(exports.tryAgain(claim, FULL, LATER)).isFalse();
        assertThat(exports.handOver(claim)).isFalse();
        assertThat(row(claim)).isEqualTo(before);
    }
}
