package dev.windrow.api.schedule;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRun;
import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks again and again for schedules that are due and for their exports that have ended, for as long as the process
 * serves. A source that answers slowly holds up few others.
 */
final class Rounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final int AT_ONCE = 4;
    private static final int PAGE = 100;
    private static final Duration ASTRAY = Duration.ofMinutes(1);
    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScheduleTables tables;
    private final Firing firing;
    private final Settling settling;
    private final Transactions transactions;
    private final Duration look;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor looks =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("windrow-schedules"));
    private final ExecutorService starts =
            Executors.newFixedThreadPool(AT_ONCE, new DaemonThreads("windrow-scheduled-starts"));
    private volatile boolean running;

    /** @param look the pause between two looks for what is due, and for what has ended */
    Rounds(
            ScheduleTables tables,
            Firing firing,
            Settling settling,
            Transactions transactions,
            Duration look,
            Clock clock) {
        this.tables = tables;
        this.firing = firing;
        this.settling = settling;
        this.transactions = transactions;
        this.look = look;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        every(look, this::due);
        every(look, this::ended);
        every(ASTRAY, this::astray);
        every(FORGET, this::forget);
    }

    private void every(Duration pause, Runnable look) {
        var unused = looks.scheduleWithFixedDelay(() -> atTheBorder(look), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What throws is never run again, and schedules would stand still. */
    private static void atTheBorder(Runnable look) {
        try {
            look.run();
        } catch (ExportsUnavailableException e) {
            log.debug("schedules can't be read", e);
        } catch (RuntimeException e) {
            log.error("Looking after schedules failed, and is tried again", e);
        }
    }

    private void due() {
        for (Schedule schedule : tables.schedules().due(clock.instant(), PAGE)) {
            String id = schedule.identity().id();
            if (underWay.add(id)) {
                begin(id, schedule);
            }
        }
    }

    private void begin(String id, Schedule schedule) {
        try {
            starts.execute(() -> {
                try {
                    atTheBorder(() -> firing.fire(schedule));
                } finally {
                    underWay.remove(id);
                }
            });
        } catch (RejectedExecutionException e) {
            // The process ends.
            underWay.remove(id);
        }
    }

    private void ended() {
        for (ScheduleRun run : tables.runs().ended(PAGE)) {
            settling.settle(run, PATIENCE);
        }
    }

    /**
     * Brings back schedules whose next time is later than the one after the next: a clock that was ahead has sent them
     * there. Of a clock that is a little behind, the time that was just taken up is no such one.
     */
    void astray() {
        Schedule.Identity after = null;
        List<Schedule> page;
        do {
            page = tables.schedules().list(null, after, PAGE);
            for (Schedule schedule : page) {
                bringBack(schedule);
                after = schedule.identity();
            }
        } while (page.size() == PAGE);
    }

    private void bringBack(Schedule schedule) {
        Instant next = schedule.times().next();
        Instant first = next == null ? null : first(schedule);
        if (next != null && first != null && first.isBefore(next)) {
            var unused = transactions.inOne(() -> tables.schedules().turn(schedule, first, null), Optional::empty);
        }
    }

    /** When it is due, if its next time is astray; null where it is not, or can't be told. */
    private @Nullable Instant first(Schedule schedule) {
        try {
            Timetable times = Timetable.of(schedule.plan());
            Instant first = times.after(clock.instant());
            Instant second = first == null ? null : times.after(first);
            Instant next = schedule.times().next();
            return second != null && next != null && next.isAfter(second) ? first : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void forget() {
        int forgotten = transactions.inOne(() -> tables.runs().forget(), Optional::empty);
        log.debug("{} runs of schedules are forgotten", forgotten);
    }

    @Override
    public void stop() {
        running = false;
        looks.shutdownNow();
        starts.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
