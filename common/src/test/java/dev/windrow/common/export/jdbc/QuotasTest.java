package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.quota.Quotas.Use;
import dev.windrow.common.quota.StartRate;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is counted of owners, by one process and by two. */
final class QuotasTest extends EachDatabase {
    private static final StartRate SIXTY = new StartRate(60);
    private static final Instant HOUR = Instant.parse("2026-03-01T12:00:00Z");
    private static final int STARTS = 200;

    private JdbcQuotas quotas;

    @BeforeEach
    void empty() {
        JdbcClient writer = JdbcClient.create(database.writer());
        writer.sql("delete from start_pace").update();
        writer.sql("delete from hourly_use").update();
        quotas = new JdbcQuotas(database);
    }

    @Test
    void givesAMinutesStartsAtOnceAndThenOneWithEachShareOfAMinute() {
        assertThat(takes(60, NOW)).isEqualTo(60);
        assertThat(takes(1, NOW)).isZero();
        assertThat(takes(1, NOW.plusMillis(999))).isZero();
        assertThat(takes(2, NOW.plusMillis(1_000))).isOne();
        assertThat(takes(100, NOW.plusSeconds(11))).isEqualTo(10);
        assertThat(takes(100, NOW.plusSeconds(600))).isEqualTo(60);
        assertThat(quotas.takeStart("bob", SIXTY, NOW)).isTrue();
    }

    @Test
    void tellsWhatIsLeft() {
        assertThat(quotas.startMark("ann")).isZero();
        takes(48, NOW);
        long mark = quotas.startMark("ann");
        assertThat(SIXTY.left(mark, NOW)).isEqualTo(12);
        assertThat(SIXTY.secondsToNext(mark, NOW)).isOne();
        assertThat(SIXTY.left(mark, NOW.plusSeconds(48))).isEqualTo(60);
        assertThat(SIXTY.secondsToNext(mark, NOW.plusSeconds(48))).isZero();
        StartRate two = new StartRate(2);
        assertThat(two.left(mark, NOW)).isZero();
        assertThat(two.secondsToNext(mark, NOW)).isEqualTo(18);
    }

    @Test
    void isNotHeldUpByAClockThatWasPutBack() {
        takes(60, NOW.plusSeconds(86_400));
        assertThat(SIXTY.left(quotas.startMark("ann"), NOW)).isEqualTo(60);
        assertThat(takes(100, NOW)).isEqualTo(60);
    }

    @Test
    void takesNothingWhereTheStartIsTakenBack() {
        Transactions transactions = database.transactions();
        try {
            transactions.inOne(
                    () -> {
                        assertThat(quotas.takeStart("ann", SIXTY, NOW)).isTrue();
                        throw new IllegalArgumentException("too many at once");
                    },
                    Optional::empty);
        } catch (IllegalArgumentException e) {
            assertThat(quotas.startMark("ann")).isZero();
        }
        assertThat(takes(100, NOW)).isEqualTo(60);
    }

    private int takes(int tries, Instant now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += quotas.takeStart("ann", SIXTY, now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void letsTwoProcessesTakeExactlyAMinutesStarts() throws Exception {
        assertThat(startsAtOnce(process -> process.takeStart("ann", SIXTY, NOW)))
                .isEqualTo(60);
        assertThat(quotas.active("ann")).isEqualTo(60);
    }

    @Test
    void letsTwoProcessesHaveExactlySoManyActive() throws Exception {
        assertThat(startsAtOnce(process -> process.takeStart("ann", null, NOW) && process.active("ann") <= 5))
                .isEqualTo(5);
        assertThat(quotas.active("ann")).isEqualTo(5);
        claim();
        assertThat(quotas.active("ann")).isEqualTo(5);
    }

    @Test
    void letsTwoProcessesFillTheQueueExactly() throws Exception {
        assertThat(startsAtOnce(process -> process.waitAtMost(150))).isEqualTo(150);
        assertThat(quotas.waitAtMost(150)).isTrue();
        assertThat(quotas.waitAtMost(149)).isFalse();
    }

    private interface Limit {
        boolean allows(JdbcQuotas process);
    }

    /** How many of 200 starts of one owner two processes let through, all sent at once. */
    private long startsAtOnce(Limit limit) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try (StatusDatabase second = testDatabase().open()) {
            List<StatusDatabase> processes = List.of(database, second);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                StatusDatabase process = processes.get(i % 2);
                ExportId id = nextId();
                answers.add(threads.submit(() -> {
                    go.await();
                    return starts(process, id, () -> limit.allows(new JdbcQuotas(process)));
                }));
            }
            go.countDown();
            long started = 0;
            for (Future<Boolean> answer : answers) {
                started += answer.get() ? 1 : 0;
            }
            return started;
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean starts(StatusDatabase process, ExportId id, BooleanSupplier allowed) {
        JdbcExports table = new JdbcExports(process, Clock.systemUTC());
        try {
            return process.transactions()
                    .inOne(
                            () -> {
                                table.insert(Export.queued(id, "ann", request("readings"), NOW));
                                if (!allowed.getAsBoolean()) {
                                    throw new Refused();
                                }
                                return true;
                            },
                            Optional::empty);
        } catch (Refused e) {
            return false;
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void countsWhatEndedWhateverTheEnd() {
        Claim completed = running();
        runs.complete(completed, artifact(completed), progress(900, 99.0), HOUR, LATER);
        Claim failed = running();
        runs.progress(failed, progress(70, 7.0), LATER);
        runs.fail(failed, FULL, HOUR.plusSeconds(3_599));
        Claim cancelled = running();
        runs.progress(cancelled, progress(5, 0.5), LATER);
        exports.cancel(cancelled.id(), "ann", HOUR.plusSeconds(3_600));
        assertThat(quotas.useSince("ann", HOUR))
                .containsExactly(new Use(HOUR, 970, 5_000_000_000L + 700), new Use(HOUR.plusSeconds(3_600), 5, 50));
        assertThat(quotas.useSince("ann", HOUR.plusSeconds(3_601))).hasSize(1);
        assertThat(quotas.useSince("bob", HOUR)).isEmpty();
    }

    @Test
    void givesNothingBackForADelete() {
        Claim completed = running();
        runs.complete(completed, artifact(completed), progress(900, 99.0), HOUR, LATER);
        exports.delete(completed.id(), "ann");
        assertThat(quotas.useSince("ann", HOUR)).extracting(Use::rows).containsExactly(900L);
        Claim deleted = running();
        runs.progress(deleted, progress(30, 3.0), LATER);
        exports.delete(deleted.id(), "ann");
        assertThat(quotas.useSince("ann", HOUR)).extracting(Use::rows).containsExactly(900L, 30L);
    }

    @Test
    void countsWhatARunLeftThatIsCancelledBeforeTheNext() {
        Claim claim = running();
        runs.checkpoint(claim, checkpoint(claim, 40), progress(40, 4.0), LATER);
        runs.tryAgain(claim, FULL, LATER);
        assertThat(quotas.useSince("ann", HOUR)).isEmpty();
        exports.cancel(claim.id(), "ann", NOW);
        assertThat(quotas.useSince("ann", HOUR)).hasSize(1);
    }

    @Test
    void countsARetryAnewAndAnEndOnce() {
        Claim failed = running();
        runs.progress(failed, progress(70, 7.0), LATER);
        runs.fail(failed, FULL, NOW);
        exports.retry(row(failed), NOW);
        assertThat(quotas.useSince("ann", HOUR)).extracting(Use::rows).containsExactly(70L);
        Claim again = claim();
        runs.complete(again, artifact(again), progress(900, 99.0), NOW, LATER);
        assertThat(quotas.useSince("ann", HOUR)).extracting(Use::rows).containsExactly(970L);
    }

    @Test
    void forgetsWhatWasCountedLongAgo() {
        Claim failed = running();
        runs.progress(failed, progress(70, 7.0), LATER);
        runs.fail(failed, FULL, NOW);
        takes(1, NOW);
        upkeep.dropForgotten(NOW);
        assertThat(quotas.useSince("ann", HOUR)).hasSize(1);
        assertThat(quotas.startMark("ann")).isPositive();
        upkeep.dropForgotten(NOW.plus(Duration.ofDays(1)));
        assertThat(quotas.useSince("ann", HOUR)).isEmpty();
        assertThat(quotas.startMark("ann")).isZero();
    }
}
