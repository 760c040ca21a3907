package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.Filter;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.State;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers do with exports: start, see, list, cancel, delete. */
final class ExportsTest extends EachDatabase {

    @Test
    void keepsWhatWasAskedFor() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("z", "\0 \ud800 \ud83d\ude00 \u2028 ' \" \\ %s :id ?");
        parameters.put("a", new BigInteger("9".repeat(300)));
        parameters.put("n", new BigDecimal("-0.10"));
        parameters.put("list", List.of(1L, true, "x"));
        FormatOptions options =
                new FormatOptions(new CsvOptions(true, '\t', false, true, 9), new JsonOptions(4), Headers.TITLES);
        ExportRequest request =
                new ExportRequest("readings", Format.NDJSON, parameters, List.of("Wert ✓", "at"), options, "März.zip");
        ExportId id = nextId();

        Export queued = Export.queued(id, "ann", request, NOW);
        exports.insert(queued);

        Export found = exports.find(id, "ann").orElseThrow();
        assertThat(found).isEqualTo(queued);
        assertThat(found.request().parameters().keySet()).containsExactly("z", "a", "n", "list");
    }

    @Test
    void refusesAnIdTwice() {
        ExportId id = queue("ann");
        assertThatThrownBy(() -> exports.insert(Export.queued(id, "bob", request("other"), NOW)))
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
        exports.insert(Export.queued(second, "ann", request("other"), NOW));
        ExportId third = queue("ann");
        exports.cancel(second, "ann", NOW);

        assertThat(ids(Filter.ALL, null, 2)).containsExactly(third, second);
        assertThat(ids(Filter.ALL, second, 2)).containsExactly(first);
        assertThat(ids(Filter.ALL, first, 2)).isEmpty();
        assertThat(ids(new Filter(State.QUEUED, null), null, 9)).containsExactly(third, first);
        assertThat(ids(new Filter(null, "other"), null, 9)).containsExactly(second);
        assertThat(ids(new Filter(State.QUEUED, "other"), null, 9)).isEmpty();
    }

    @Test
    void listsAFileWhoseTimeIsOverAsExpiredBeforeASweepHasSaidSo() {
        Claim over = running();
        runs.complete(over, artifact(over), progress(1, 1.0), NOW.minusSeconds(9), NOW);
        Claim kept = running();
        runs.complete(kept, artifact(kept), progress(1, 1.0), NOW.minusSeconds(9), NOW.plusMillis(1));
        queue("ann");

        assertThat(ids(new Filter(State.EXPIRED, null), null, 9)).containsExactly(over.id());
        assertThat(ids(new Filter(State.COMPLETED, null), null, 9)).containsExactly(kept.id());
        assertThat(ids(new Filter(State.EXPIRED, "readings"), kept.id(), 1)).containsExactly(over.id());

        assertThat(new JdbcRetention(database).expire(NOW, NOW.minusSeconds(99)))
                .containsExactly(over.id());
        assertThat(ids(new Filter(State.EXPIRED, null), null, 9)).containsExactly(over.id());
        assertThat(ids(new Filter(State.COMPLETED, null), null, 9)).containsExactly(kept.id());
    }

    /**
     * Each row that is looked at is one of the owner's, in the order of the list: no page sorts or reads the whole
     * table.
     */
    @Test
    void entersTheIndexOfTheOwnerAtTheCursorHoweverItIsFiltered() {
        Filter filter = new Filter(State.EXPIRED, "d", "text", NOW, LATER);
        Map<String, Object> values =
                new HashMap<>(ListSql.values("ann", filter, 1).getValues());
        values.putAll(Map.of("before", "0", "limit", 9));
        String plan = testDatabase().plan(database, ListSql.list("ann", filter), values);
        assertThat(plan).contains("exports_of_owner").doesNotContainIgnoringCase("sort", "temp b-tree");
    }

    /** How many there are is asked with each page that is shown: no row is read for that, however long it is. */
    @Test
    void countsByAnIndexAloneWhatIsNotFiltered() {
        String owned = countPlan("ann", Filter.ALL);
        String all = countPlan(null, Filter.ALL);
        String waiting = countPlan("ann", new Filter(State.QUEUED, null));
        if (kind == Kind.SQLITE) {
            assertThat(owned).contains("COVERING INDEX");
            assertThat(all).contains("COVERING INDEX");
            assertThat(waiting).contains("exports_waiting");
        } else {
            // Which way it takes over a handful of rows is its own; a condition that lets all through has it read them.
            assertThat(owned + all).doesNotContain("created_at", "dataset", "CASE");
        }
    }

    private String countPlan(@Nullable String owner, Filter filter) {
        return testDatabase()
                .plan(
                        database,
                        ListSql.count(owner, filter),
                        ListSql.values(owner, filter, 1).getValues());
    }

    private List<ExportId> ids(Filter filter, ExportId before, int limit) {
        return exports.list("ann", filter, before, limit).stream()
                .map(listed -> listed.export().id())
                .toList();
    }

    @Test
    void leavesOutOfAListWhatIsLongAndShowsIfItIsTheParameters() {
        insert("ann", 4096);
        insert("ann", 4097);
        var found = exports.list("ann", Filter.ALL, null, 10);
        assertThat(found).extracting(Exports.Listed::parametersOmitted).containsExactly(true, false);
        assertThat(found.get(0).export().request().parameters()).isEmpty();
        assertThat(found.get(1).export().request().parameters()).containsKey("text");
    }

    /** With parameters of so many bytes of JSON. */
    private void insert(String owner, int bytes) {
        ExportRequest usual = request("readings");
        Map<String, Object> parameters = Map.of("text", "x".repeat(bytes - "{'text':''}".length()));
        exports.insert(Export.queued(
                nextId(),
                owner,
                new ExportRequest(
                        usual.dataset(),
                        usual.format(),
                        parameters,
                        usual.columns(),
                        usual.options(),
                        usual.fileName()),
                NOW));
    }

    @Test
    void looksWithoutWhatARunKeepsForItsSuccessor() {
        queue("ann");
        Export claimed = claimed(NOW);
        Claim claim = claimed.lastClaim();
        runs.intend(claim, artifact(claim), List.of(), null, LATER);
        Export whole = exports.find(claimed.id(), "ann").orElseThrow();
        Export seen = exports.look(claimed.id(), "ann").orElseThrow();
        assertThat(whole.run().intent()).isNotNull();
        assertThat(seen.run().intent()).isNull();
        assertThat(seen)
                .usingRecursiveComparison()
                .ignoringFields("run.intent", "run.checkpoint")
                .isEqualTo(whole);
        assertThat(exports.look(claimed.id(), "bob")).isEmpty();
    }

    @Test
    void claimsUnderANewNumberAndALease() {
        ExportId id = queue("ann");

        Export export = runs.claimNext("worker\0 7", NOW, LEASE).orElseThrow();

        assertThat(export).isEqualTo(exports.find(id, "ann").orElseThrow());
        assertThat(export.lastClaim()).isEqualTo(new Claim(id, 1));
        assertThat(export.state()).isEqualTo(State.RUNNING);
        assertThat(export.progress().phase()).isEqualTo(Phase.ROWS);
        assertThat(export.times().started()).isEqualTo(NOW);
        assertThat(export.times().claimed()).isEqualTo(NOW);
        assertThat(export.times().leaseUntil()).isEqualTo(NOW.plus(LEASE));
        assertThat(export.attempt()).isEqualTo(1);
        assertThat(runs.claimNext("worker", NOW, LEASE)).isEmpty();
    }

    @Test
    void cancelsWhatWaitsAndForgetsItsFiles() {
        Claim claim = running();
        Cutoff cutoff = new Cutoff(NOW, List.of());
        runs.fixCutoff(claim, cutoff);
        runs.checkpoint(claim, checkpoint(claim, 1), progress(8, 0.8), LATER);
        runs.intend(claim, artifact(claim), List.of(), null, LATER);
        runs.tryAgain(claim, FULL, LATER);
        assertThat(exports.cancel(claim.id(), "ann", LATER)).isTrue();

        Export cancelled = row(claim);
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.run().checkpoint()).isNull();
        assertThat(cancelled.run().intent()).isNull();
        assertThat(cancelled.outcome().failure()).isNull();
        assertThat(cancelled.times().notBefore()).isNull();
        assertThat(cancelled.run().cutoff()).isEqualTo(cutoff);
        assertThat(cancelled.times().finished()).isEqualTo(LATER);
        assertThat(exports.cancel(claim.id(), "ann", LATER)).isFalse();
        assertThat(runs.claimNext("worker", LATER, LEASE)).isEmpty();
    }

    @Test
    void endsTheLinksOfAnExportInAnyStateAndCountsHowOften() {
        Claim claim = running();
        assertThat(exports.endLinks(claim.id(), "ann")).isTrue();
        runs.complete(claim, artifact(claim), progress(1, 1.0), NOW, LATER);
        assertThat(exports.endLinks(claim.id(), "ann")).isTrue();
        assertThat(row(claim).outcome().linkEpoch()).isEqualTo(2);
        assertThat(exports.retry(row(claim), LATER)).isTrue();
        assertThat(row(claim).outcome().linkEpoch())
                .as("what ended with one run does not come back with the next")
                .isEqualTo(2);
        assertThat(exports.endLinks(claim.id(), "bob")).isFalse();
        assertThat(exports.endLinks(nextId(), "ann")).isFalse();
        assertThat(row(claim).outcome().linkEpoch()).isEqualTo(2);
    }

    @Test
    void deletesInAnyStateAndTellsWhatWasThere() {
        Claim claim = running();
        runs.complete(claim, artifact(claim), progress(1, 1.0), NOW, LATER);
        Optional<Export> before = exports.find(claim.id(), "ann");
        assertThat(exports.delete(claim.id(), "ann")).isEqualTo(before);
        assertThat(exports.delete(claim.id(), "ann")).isEmpty();
        assertThat(exports.find(claim.id(), "ann")).isEmpty();
        ExportId waiting = queue("ann");
        assertThat(exports.delete(waiting, "ann")).map(Export::state).contains(State.QUEUED);
    }
}
