package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.quota.Weights;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is next, and that nobody is taken twice. */
final class FairOrderTest extends EachDatabase {
    private Instant now = NOW;

    @Test
    void takesCallersInTurn() {
        ExportId ann1 = queue("ann");
        ExportId ann2 = queue("ann");
        ExportId ann3 = queue("ann");
        ExportId bob1 = queue("bob");
        ExportId bob2 = queue("bob");
        assertThat(takeAll()).containsExactly(ann1, bob1, ann2, bob2, ann3);
    }

    @Test
    void countsWhatRuns() {
        queue("ann");
        queue("ann");
        List<ExportId> running = takeAll();
        ExportId ann = queue("ann");
        ExportId bob1 = queue("bob");
        ExportId bob2 = queue("bob");
        ExportId bob3 = queue("bob");
        assertThat(takeAll()).containsExactly(bob1, bob2, ann, bob3);
        assertThat(running).hasSize(2);
    }

    @Test
    void servesWhoWasServedLongestAgo() {
        for (String owner : List.of("bob", "ann")) {
            queue(owner);
            Claim claim = take().lastClaim();
            runs.complete(claim, artifact(claim), progress(1, 1.0), now, LATER);
        }
        ExportId ann = queue("ann");
        ExportId bob = queue("bob");
        ExportId cid = queue("cid");
        assertThat(takeAll()).containsExactly(cid, bob, ann);
    }

    @Test
    void countsPositionsFromOneAndOnlyOfThoseThatWait() {
        ExportId ann1 = queue("ann");
        ExportId ann2 = queue("ann");
        ExportId bob = queue("bob");
        assertThat(exports.queuePosition(ann1)).hasValue(1);
        assertThat(exports.queuePosition(bob)).hasValue(2);
        assertThat(exports.queuePosition(ann2)).hasValue(3);
        take();
        assertThat(exports.queuePosition(ann1)).isEmpty();
        assertThat(exports.queuePosition(bob)).hasValue(1);
        assertThat(exports.queuePosition(nextId())).isEmpty();
    }

    @Test
    void putsWhatIsHeldBackBehindAllThatIsDue() {
        ExportId heldLonger = queue("cid");
        runs.tryAgain(claim(), FULL, NOW.plusMillis(2));
        ExportId held = queue("ann");
        runs.tryAgain(claim(), FULL, NOW.plusMillis(1));
        ExportId ann = queue("ann");
        ExportId bob = queue("bob");
        assertThat(exports.queuePosition(ann)).hasValue(2);
        assertThat(exports.queuePosition(bob)).hasValue(1);
        assertThat(exports.queuePosition(held)).hasValue(3);
        assertThat(exports.queuePosition(heldLonger)).hasValue(4);
        assertThat(exports.queuePositions(List.of(held, heldLonger, ann, nextId())))
                .containsOnly(Map.entry(held, 3), Map.entry(heldLonger, 4), Map.entry(ann, 2));
        assertThat(upkeep.due(NOW, 9)).containsExactly(ann, bob);
        assertThat(upkeep.due(NOW, 1)).containsExactly(ann);
        assertThat(upkeep.due(NOW.plusMillis(1), 9)).containsExactly(held, ann, bob);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givesPositionsInTheOrderInWhichClaimsThenTakeThem(long seed) {
        Random random = new Random(seed);
        if (seed > 4) {
            weigh(Map.of("ann", 1 + random.nextInt(4), "bob", 1 + random.nextInt(4), "eve", 7));
        }
        List<String> owners = List.of("ann", "bob", "cid", "dan");
        queueSome(random, owners, 8);
        for (int i = 0; i < 6; i++) {
            Export export = take();
            if (random.nextBoolean()) {
                runs.fail(export.lastClaim(), FULL, now);
            }
        }
        queueSome(random, owners, 30);
        List<ExportId> expected = upkeep.due(now, 100).stream()
                .sorted(Comparator.comparingInt(id -> exports.queuePosition(id).orElseThrow()))
                .toList();
        assertThat(exports.queuePositions(expected))
                .as("all at once, as one by one")
                .isEqualTo(expected.stream()
                        .collect(Collectors.toMap(
                                id -> id, id -> exports.queuePosition(id).orElseThrow())));
        assertThat(takeAll()).as("seed %d", seed).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void givesWhoHasMoreWeightAsManyTurnsMore() {
        weigh(Map.of("ann", 3));
        List<ExportId> anns = new ArrayList<>();
        List<ExportId> bobs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            anns.add(queue("ann"));
            bobs.add(queue("bob"));
        }
        List<ExportId> taken = takeAll();
        for (int i = 0; i < 3; i++) {
            List<ExportId> round = taken.subList(4 * i, 4 * i + 4);
            assertThat(round).as("round %d", i).filteredOn(anns::contains).hasSize(3);
            assertThat(round).as("round %d", i).filteredOn(bobs::contains).hasSize(1);
        }
        assertThat(taken).hasSize(18).endsWith(bobs.get(6), bobs.get(7), bobs.get(8));
    }

    @Test
    void takesTheNameOfAWeightAsAName() {
        String name = "o'hara'); delete from exports; --";
        weigh(Map.of(name, 2, "issuer:sub", 2));
        ExportId ann1 = queue("ann");
        ExportId ann2 = queue("ann");
        ExportId first = queue(name);
        ExportId second = queue(name);
        assertThat(takeAll()).containsExactly(first, ann1, second, ann2);
    }

    @Test
    void delaysAFirstExportOfAThousandCallersByOneSlotAtMostForWhoHasTenThousand() {
        List<ExportId> firsts = new ArrayList<>();
        var unused = database.transactions()
                .inOne(
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                queue("many");
                            }
                            for (int i = 1; i < 1_000; i++) {
                                firsts.add(queue("owner " + i));
                            }
                            return firsts;
                        },
                        Optional::empty);
        Map<ExportId, Integer> positions = exports.queuePositions(firsts);
        for (int i = 0; i < firsts.size(); i++) {
            assertThat(positions.get(firsts.get(i))).as("export %d", i).isEqualTo(i + 2);
        }
        assertThat(exports.queuePosition(firsts.get(998))).hasValue(1_000);
        take();
        for (ExportId first : firsts.subList(0, 20)) {
            assertThat(take().id()).isEqualTo(first);
        }
    }

    private void weigh(Map<String, Integer> byOwner) {
        Weights weights = new Weights(byOwner);
        runs = new JdbcRuns(database, weights);
        exports = new JdbcExports(database, Clock.fixed(NOW, ZoneOffset.UTC), weights, () -> null);
    }

    private void queueSome(Random random, List<String> owners, int count) {
        for (int i = 0; i < count; i++) {
            queue(owners.get(random.nextInt(owners.size())));
        }
    }

    @Test
    void neverGivesOneExportToTwoWorkers() throws Exception {
        int count = 90;
        for (int i = 0; i < count; i++) {
            queue("owner " + i % 7);
        }
        List<Claim> claims = new ArrayList<>();
        try (StatusDatabase second = testDatabase().open();
                StatusDatabase third = testDatabase().open()) {
            for (List<Claim> taken : takeTogether(List.of(database, second, third, database, second, third))) {
                claims.addAll(taken);
            }
        }
        assertThat(claims).hasSize(count).extracting(Claim::id).doesNotHaveDuplicates();
        assertThat(claims).extracting(Claim::number).containsOnly(1L);
    }

    private static List<List<Claim>> takeTogether(List<StatusDatabase> processes)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(processes.size());
        try {
            List<Future<List<Claim>>> futures = new ArrayList<>();
            for (StatusDatabase process : processes) {
                JdbcRuns own = new JdbcRuns(process);
                futures.add(threads.submit(() -> takeAll(own)));
            }
            List<List<Claim>> all = new ArrayList<>();
            for (Future<List<Claim>> future : futures) {
                all.add(future.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Claim> takeAll(JdbcRuns runs) {
        List<Claim> taken = new ArrayList<>();
        Optional<Export> next = runs.claimNext("worker", NOW, LEASE);
        while (next.isPresent()) {
            taken.add(next.get().lastClaim());
            next = runs.claimNext("worker", NOW, LEASE);
        }
        return taken;
    }

    private Export take() {
        now = now.plusMillis(1);
        return claimed(now);
    }

    private List<ExportId> takeAll() {
        List<ExportId> taken = new ArrayList<>();
        while (!upkeep.due(now, 1).isEmpty()) {
            taken.add(take().id());
        }
        return taken;
    }
}
