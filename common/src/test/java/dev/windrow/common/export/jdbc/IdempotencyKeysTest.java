package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.export.IdempotencyKeys.Earlier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts that are asked for again. */
final class IdempotencyKeysTest extends EachDatabase {
    private static final Duration DAY = Duration.ofDays(1);
    private static final IdempotencyKeys.Key KEY = new IdempotencyKeys.Key("k-1", "ab".repeat(32));

    private JdbcIdempotencyKeys keys;

    @BeforeEach
    void openRepeats() {
        keys = new JdbcIdempotencyKeys(database);
    }

    @Test
    void storesTheExportWithItsKey() {
        ExportId id = nextId();
        assertThat(insert(id, "ann", KEY, NOW)).isTrue();
        Export queued = exports.find(id, "ann").orElseThrow();
        assertThat(keys.find("ann", "k-1", NOW.minusMillis(1))).contains(new Earlier(queued, KEY.digest()));
        assertThat(keys.find("ann", "k-1", NOW)).isEmpty();
        assertThat(keys.find("ann", "K-1", NOW.minusMillis(1))).isEmpty();
        assertThat(keys.find("bob", "k-1", NOW.minusMillis(1))).isEmpty();
    }

    @Test
    void startsOnceUnderAKeyForEachOwner() {
        assertThat(insert(nextId(), "ann", KEY, NOW)).isTrue();
        ExportId second = nextId();
        assertThat(insert(second, "ann", KEY, NOW)).isFalse();
        assertThat(exports.find(second, "ann")).isEmpty();
        assertThat(insert(nextId(), "bob", KEY, NOW)).isTrue();
        assertThat(insert(nextId(), "ann", new IdempotencyKeys.Key("k-2", KEY.digest()), NOW))
                .isTrue();
    }

    @Test
    void freesAKeyAfterItsTimeAndWithItsExport() {
        ExportId first = nextId();
        insert(first, "ann", KEY, NOW);
        assertThat(insert(nextId(), "ann", KEY, NOW.plus(DAY).minusMillis(1))).isFalse();
        ExportId second = nextId();
        assertThat(insert(second, "ann", KEY, NOW.plus(DAY))).isTrue();
        assertThat(exports.find(first, "ann")).isPresent();
        exports.delete(second, "ann");
        assertThat(insert(nextId(), "ann", KEY, NOW.plus(DAY))).isTrue();
    }

    @Test
    void startsOnceHoweverManyAskAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ExportId id = nextId();
                answers.add(threads.submit(() -> insert(id, "ann", KEY, NOW)));
            }
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get() ? 1 : 0;
            }
            assertThat(won).isOne();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void findsWhatIsCompletedAndNotTooOld() {
        Claim old = completed(NOW.minusSeconds(2));
        Claim fresh = completed(NOW);
        running();

        assertThat(found("ann", "readings", NOW.minusSeconds(2), NOW)).containsExactly(fresh.id(), old.id());
        assertThat(found("ann", "readings", NOW.minusSeconds(1), NOW)).containsExactly(fresh.id());
        assertThat(found("ann", "readings", NOW, LATER)).isEmpty();
        assertThat(found("ann", "other", NOW, NOW)).isEmpty();
        assertThat(found("bob", "readings", NOW, NOW)).isEmpty();
    }

    private List<ExportId> found(String owner, String dataset, Instant since, Instant now) {
        return keys.completed(owner, request(dataset), since, now).stream()
                .map(Export::id)
                .toList();
    }

    private boolean insert(ExportId id, String owner, IdempotencyKeys.Key key, Instant now) {
        return keys.insert(Export.queued(id, owner, request("readings"), now), key, now.minus(DAY));
    }

    private Claim completed(Instant finishedAt) {
        Claim claim = running();
        runs.complete(claim, artifact(claim), progress(1, 1.0), finishedAt, LATER);
        return claim;
    }
}
