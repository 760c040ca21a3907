package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import dev.windrow.common.schedule.Outcome;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRun;
import dev.windrow.common.schedule.jdbc.JdbcScheduleRuns;
import dev.windrow.common.schedule.jdbc.JdbcSchedules;
import dev.windrow.common.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedules, what they start, and which archives they hold. */
class SchedulesTest extends EachDatabase {
    private static final Instant DUE = NOW.minusMillis(123);
    private static final Instant NEXT = DUE.plus(Duration.ofDays(1));
    private static final String DIGEST = "ab".repeat(32);

    private JdbcSchedules schedules;
    private JdbcScheduleRuns startedRuns;
    private Transactions transactions;

    @BeforeEach
    void empty() {
        JdbcClient writer = JdbcClient.create(database.writer());
        writer.sql("delete from schedules").update();
        writer.sql("delete from schedule_runs").update();
        schedules = new JdbcSchedules(writer, database::reading);
        startedRuns = new JdbcScheduleRuns(writer, database::reading);
        transactions = database.transactions();
    }

    private <T> T in(Supplier<T> change) {
        return transactions.inOne(change, Optional::empty);
    }

    private void run(Runnable change) {
        var unused = in(() -> {
            schedules.turn(schedule("bob", "first", null), null, null);
            change.run();
            return true;
        });
    }

    private static Schedule schedule(String owner, String name, @Nullable Integer keep) {
        return new Schedule(
                new Schedule.Identity(owner + "-" + name, owner, name),
                new Schedule.Plan(
                        "readings", "0 0 3 * * *", "Europe/Berlin", "{\"dataset\":\"readings\"}", keep, false),
                "{\"kind\":\"none\"}",
                1,
                new Schedule.Times(NOW, NOW, DUE),
                null);
    }

    private Schedule added(String owner, String name) {
        Schedule schedule = schedule(owner, name, 3);
        assertThat(in(() -> schedules.add(schedule))).isTrue();
        return schedule;
    }

    private ScheduleRun started(Schedule schedule, int day) {
        queue("ann");
        Claim claim = claim();
        ScheduleRun run = new ScheduleRun(
                schedule.identity().id(),
                DUE.plus(Duration.ofDays(day)),
                claim.id().toString(),
                DIGEST,
                null);
        assertThat(in(() -> startedRuns.add(run))).isTrue();
        return run;
    }

    private void complete(ScheduleRun run, Instant expires) {
        Export export = export(run);
        runs.complete(export.lastClaim(), artifact(export.lastClaim()), progress(900, 100.0), NOW, expires);
    }

    private Export export(ScheduleRun run) {
        return exports.list("ann", Exports.Filter.ALL, null, 100).stream()
                .map(Exports.Listed::export)
                .filter(export -> export.id().toString().equals(run.export()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void areKeptByOwnerAndName() {
        Schedule first = added("ann", "first");
        Schedule others = added("bob", "first");
        Schedule second = added("ann", "second");
        assertThat(in(() -> schedules.add(schedule("ann", "first", 1)))).isFalse();

        assertThat(schedules.find("ann", "first")).contains(first);
        assertThat(schedules.find(first.identity().id())).contains(first);
        assertThat(schedules.find("bob", "second")).isEmpty();
        assertThat(schedules.count("ann")).isEqualTo(2);
        assertThat(schedules.list("ann", null, 1)).containsExactly(first);
        assertThat(schedules.list("ann", first.identity(), 9)).containsExactly(second);
        assertThat(schedules.list(null, second.identity(), 9)).containsExactly(others);
        assertThat(in(() -> schedules.remove(first.identity()))).isTrue();
        assertThat(in(() -> schedules.remove(first.identity()))).isFalse();
        assertThat(schedules.list(null, null, 9)).containsExactly(second, others);
        assertThatThrownBy(() -> schedules.add(first)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areChangedByWhoHasSeenThem() {
        Schedule seen = added("ann", "first");
        Schedule.Plan plan = new Schedule.Plan("other", "@daily", "UTC", "{}", null, true);
        Schedule changed = new Schedule(seen.identity(), plan, "{}", 1, new Schedule.Times(NOW, LATER, null), null);
        assertThat(in(() -> schedules.change(changed))).isTrue();
        assertThat(in(() -> schedules.change(changed))).isFalse();
        Schedule now = schedules.find("ann", "first").orElseThrow();
        assertThat(now.plan()).isEqualTo(plan);
        assertThat(now.revision()).isEqualTo(2);
        assertThat(now.times()).isEqualTo(changed.times());
        // Whoever found it due before has lost it.
        assertThat(in(() -> schedules.turn(seen, NEXT, null))).isFalse();
    }

    @Test
    void goOnOnce() throws Exception {
        Schedule seen = added("ann", "first");
        assertThat(schedules.due(DUE.minusMillis(1), 9)).isEmpty();
        assertThat(schedules.due(DUE, 9)).containsExactly(seen);
        Schedule.Last last = new Schedule.Last(
                DUE, NOW, Outcome.REFUSED, null, new Schedule.Fault("unavailable", "The source is away."));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> turns = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        return in(() -> schedules.turn(seen, NEXT, last));
                    }))
                    .toList();
            go.countDown();
            int won = 0;
            for (Future<Boolean> turn : turns) {
                won += turn.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(schedules.due(NOW, 9)).isEmpty();
        Schedule now = schedules.find("ann", "first").orElseThrow();
        assertThat(now.last()).isEqualTo(last);
        assertThat(now.times().next()).isEqualTo(NEXT);
        assertThat(now.revision()).isEqualTo(1);
    }

    @Test
    void startOneExportATime() {
        Schedule schedule = added("ann", "first");
        String id = schedule.identity().id();
        ScheduleRun run = started(schedule, 0);
        ScheduleRun again = new ScheduleRun(id, DUE, "another", DIGEST, NOW);
        assertThat(in(() -> startedRuns.add(again))).isFalse();
        assertThat(startedRuns.find(id, DUE)).contains(run);
        assertThat(startedRuns.active(id)).contains(run.export());
        assertThat(startedRuns.ended(9)).isEmpty();
        assertThat(startedRuns.hasCompleted(id)).isFalse();

        complete(run, LATER);
        assertThat(startedRuns.active(id)).isEmpty();
        assertThat(startedRuns.ended(9)).containsExactly(run);
        assertThat(startedRuns.ended(id, 9)).containsExactly(run);
        assertThat(startedRuns.ended("other", 9)).isEmpty();
        assertThat(startedRuns.hasCompleted(id)).isTrue();
        assertThat(startedRuns.lastCompleted(id, DIGEST)).contains(run);
        assertThat(startedRuns.lastCompleted(id, "cd".repeat(32))).isEmpty();
        assertThat(startedRuns.latest(id, NOW)).isEmpty();
        assertThat(in(() -> startedRuns.settle(run))).isTrue();
        assertThat(in(() -> startedRuns.settle(run))).isFalse();
        assertThat(startedRuns.latest(id, NOW)).contains(run.export());
        assertThat(startedRuns.latest(id, LATER)).isEmpty();
    }

    @Test
    void areActiveWhereAnEndedExportIsRunAgain() {
        Schedule schedule = added("ann", "first");
        ScheduleRun run = started(schedule, 0);
        exports.cancel(export(run).id(), "ann", NOW);
        assertThat(in(() -> startedRuns.settle(run))).isTrue();
        assertThat(startedRuns.active(schedule.identity().id())).isEmpty();
        assertThat(exports.retry(export(run), NOW)).isTrue();
        assertThat(startedRuns.active(schedule.identity().id())).contains(run.export());
    }

    @Test
    void haveNothingOfAnExportThatWasFoundDamaged() {
        Schedule schedule = added("ann", "first");
        ScheduleRun run = started(schedule, 0);
        complete(run, LATER);
        new JdbcRetention(database).condemn(export(run).lastClaim(), FULL, NOW);
        assertThat(startedRuns.lastCompleted(schedule.identity().id(), DIGEST)).isEmpty();
    }

    @Test
    void holdTheNewestArchivesAndLetTheOthersGo() {
        Schedule schedule = added("ann", "first");
        String id = schedule.identity().id();
        Instant longer = LATER.plus(Duration.ofDays(90));
        ScheduleRun first = started(schedule, 0);
        complete(first, LATER);
        ScheduleRun second = started(schedule, 1);
        complete(second, LATER);
        for (ScheduleRun run : List.of(first, second)) {
            run(() -> {
                startedRuns.settle(run);
                startedRuns.hold(run, longer);
            });
        }
        assertThat(export(first).times().expires()).isEqualTo(longer);

        run(() -> startedRuns.letGo(id, 2, NOW));
        assertThat(export(first).times().expires()).isEqualTo(longer);
        run(() -> startedRuns.letGo(id, 1, null));
        assertThat(export(first).times().expires()).isEqualTo(LATER);
        run(() -> startedRuns.letGo(id, 1, NOW));
        assertThat(export(first).times().expires()).isEqualTo(LATER);
        assertThat(export(second).times().expires()).isEqualTo(longer);

        ScheduleRun third = started(schedule, 2);
        complete(third, LATER);
        run(() -> startedRuns.sameAs(third, second.export(), NOW));
        run(() -> startedRuns.settle(third));
        assertThat(export(third).times().expires()).isEqualTo(NOW);
        assertThat(startedRuns.latest(id, NOW.minusMillis(1))).contains(second.export());

        assertThat(in(() -> schedules.remove(schedule.identity()))).isTrue();
        assertThat(export(second).times().expires()).isEqualTo(LATER);
        assertThat(startedRuns.find(id, DUE)).isEmpty();
        assertThat(export(second).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void forgetRunsWhoseExportsAreForgotten() {
        Schedule schedule = added("ann", "first");
        ScheduleRun gone = started(schedule, 0);
        ScheduleRun kept = started(schedule, 1);
        exports.delete(export(gone).id(), "ann");
        // One that was never looked at may be one that another process is about to store.
        run(() -> assertThat(startedRuns.forget()).isZero());
        assertThat(startedRuns.ended(9)).containsExactly(gone);
        run(() -> startedRuns.settle(gone));
        run(() -> assertThat(startedRuns.forget()).isOne());
        assertThat(startedRuns.find(schedule.identity().id(), gone.due())).isEmpty();
        assertThat(startedRuns.find(schedule.identity().id(), kept.due())).contains(kept);
    }
}
